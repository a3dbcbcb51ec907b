using System.Diagnostics.Metrics;
using System.Text.Json;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Jobs;

namespace OneFichier.Cli;

/// <summary>
/// For a run that a scheduler looks after: counts what it costs and leaves that in a file at its end; and ends it when the scheduler asks for it, or is no more, by closing its
/// standard input.
/// </summary>
internal sealed class RunWitness : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    private readonly string _report;
    private readonly Screen _screen;
    private readonly MeterListener _listener = new();
    private long _requests;
    private long _sent;
    private long _received;

    private RunWitness(string report, Screen screen, CancellationTokenSource interrupted)
    {
        (_report, _screen) = (report, screen);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == FichierMetrics.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Count(instrument.Name, value));
        _listener.Start();
        new Thread(() => Watch(interrupted)) { IsBackground = true }.Start();
    }

    /// <summary>Begins to watch, where a scheduler wants it.</summary>
    public static RunWitness? Begin(Screen screen, CancellationTokenSource interrupted)
    {
        if (Environment.GetEnvironmentVariable(JobProgram.ReportVariable) is not { Length: > 0 } report)
            return null;

        Environment.SetEnvironmentVariable(JobProgram.ReportVariable, null);
        return new RunWitness(report, screen, interrupted);
    }

    public void Dispose()
    {
        _listener.Dispose();
        try
        {
            using var file = PrivateFile.Open(_report, FileMode.Create, FileAccess.Write);
            file.Write(JsonSerializer.SerializeToUtf8Bytes(new RunFigures(_requests, _sent, _received, _screen.Failures), JsonShapes.Default.RunFigures));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _screen.Warn($"What the run cost cannot be written down: {e.Message}");
        }
    }

    private static void Watch(CancellationTokenSource interrupted)
    {
        using var input = Console.OpenStandardInput();
        var nothing = new byte[64];
        while (input.Read(nothing) > 0)
            continue;

        try
        {
            interrupted.Cancel();
            using var never = new ManualResetEventSlim();
            never.Wait(s_patience);
            Environment.Exit(ExitCodes.Interrupted);
        }
        catch (ObjectDisposedException)
        {
            return;
        }
    }

    private void Count(string counter, long value)
    {
        switch (counter)
        {
            case FichierMetrics.Requests:
                Interlocked.Add(ref _requests, value);
                break;
            case FichierMetrics.Sent:
                Interlocked.Add(ref _sent, value);
                break;
            case FichierMetrics.Received:
                Interlocked.Add(ref _received, value);
                break;
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace OneFichier.Server.Jobs;

/// <summary>Carries a run out as a process of its own, so that whatever becomes of it the scheduler goes on, and tells those who want to know.</summary>
public sealed class ProcessRunner(JobProgram program, JobNotifier notifier, TimeProvider time) : IJobRunner
{
    /// <summary>How long a run that is to stop may take to do so before it is killed.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<RunOutcome> RunAsync(JobDefinition job, RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(run);
        var log = new LogTail(program.Redact);
        await notifier.StartedAsync(job, log.Add, cancellationToken);
        var report = Path.Combine(Directory.CreateTempSubdirectory("fichier-run-").FullName, "report.json");
        try
        {
            var code = await RunAsync(job, report, log, cancellationToken);
            var outcome = new RunOutcome(code, await ReadAsync(report), log.ToString());
            await notifier.EndedAsync(job, run, outcome, log.Add, time.GetUtcNow());
            return outcome with { Log = log.ToString() };
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(report)!, recursive: true);
        }
    }

    private async Task<int?> RunAsync(JobDefinition job, string report, LogTail log, CancellationToken cancellationToken)
    {
        using var limit = job.MaxDuration is { } most ? new CancellationTokenSource(most, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var process = Start(job, report, log);
        if (process is null)
            return null;

        var said = Task.WhenAll(log.AddAllAsync(process.StandardOutput), log.AddAllAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            cancellationToken.ThrowIfCancellationRequested();
            log.Add($"The run was stopped: it took longer than its --run-limit of {job.MaxDuration}.");
        }

        await said;
        return process.ExitCode;
    }

    private Process? Start(JobDefinition job, string report, LogTail log)
    {
        try
        {
            return Process.Start(program.Start(job, report));
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            log.Add($"The program could not be started: {e.Message}");
            return null;
        }
    }

    /// <summary>Asks the process to end, as Ctrl-C would, by closing its standard input; a process that does not is killed.</summary>
    private async Task StopAsync(Process process)
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(StopPatience, time);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<RunFigures?> ReadAsync(string report)
    {
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(report), JobJson.Default.RunFigures);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}

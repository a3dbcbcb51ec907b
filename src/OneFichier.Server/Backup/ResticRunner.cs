using System.Diagnostics;
using System.Globalization;

namespace OneFichier.Server.Backup;

/// <summary>Runs restic on one repository.</summary>
/// <param name="program">Which restic.</param>
/// <param name="access">The repository.</param>
/// <param name="time">The clock.</param>
public sealed class ResticRunner(ResticProgram program, ResticAccess access, TimeProvider time)
{
    private const int KeptLines = 200;

    /// <summary>Which restic.</summary>
    public ResticProgram Program => program;

    /// <summary>How long restic may take to end by itself before it is interrupted: where a terminal interrupts both, a second signal would end it before it has tidied up. Default none.</summary>
    public TimeSpan Restraint { get; init; } = TimeSpan.Zero;

    /// <summary>How long an interrupted restic may take to remove its lock; then it is killed. Default 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Ends restic at once, since even tidying up is of no use.</summary>
    public CancellationToken Abandon { get; init; } = CancellationToken.None;

    /// <summary>Runs it to its end. When the call is cancelled restic is interrupted, as by Ctrl-C, and waited for.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="output">Told each line of its standard output; never two at once.</param>
    /// <param name="error">Told each line of its standard error; never two at once.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    public async Task<ResticExit> RunAsync(IReadOnlyList<string> arguments, Action<string>? output = null, Action<string>? error = null, CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Abandon);
        stop.Token.ThrowIfCancellationRequested();
        var errors = new Queue<string>();
        using var process = Process.Start(StartOf(arguments))!;
        process.StandardInput.Close();
        var ended = Task.WhenAll(
            EachLineAsync(process.StandardOutput, output ?? (_ => { })),
            EachLineAsync(process.StandardError, line => Keep(errors, line, error)),
            process.WaitForExitAsync(CancellationToken.None));
        try
        {
            await ended.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process, ended);
            throw;
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ResticExit(process.ExitCode, [.. errors]);
    }

    private ProcessStartInfo StartOf(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program.Path, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        access.Apply(start.Environment);
        return start;
    }

    private static void Keep(Queue<string> errors, string line, Action<string>? error)
    {
        errors.Enqueue(line);
        if (errors.Count > KeptLines)
            errors.Dequeue();
        error?.Invoke(line);
    }

    private static async Task EachLineAsync(StreamReader reader, Action<string> act)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            act(line);
    }

    private async Task EndAsync(Process process, Task ended)
    {
        if (!Abandon.IsCancellationRequested)
        {
            if (await EndsAsync(ended, Restraint))
                return;
            await InterruptAsync(process);
            if (await EndsAsync(ended, Patience))
                return;
        }

        process.Kill(entireProcessTree: true);
        await ended;
    }

    private async Task<bool> EndsAsync(Task ended, TimeSpan within)
    {
        try
        {
            await ended.WaitAsync(within, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The library ends processes only the hard way; every shell has the other.</summary>
    private static async Task InterruptAsync(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
            return;
        }

        var number = process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "kill -INT \"$1\"", "sh", number]) { UseShellExecute = false, RedirectStandardError = true })!;
        await kill.WaitForExitAsync(CancellationToken.None);
    }
}

/// <summary>How restic ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Errors">The last lines of its standard error.</param>
public sealed record ResticExit(int Code, IReadOnlyList<string> Errors)
{
    /// <summary>Whether a line says something.</summary>
    public bool Says(string words) => Errors.Any(e => e.Contains(words, StringComparison.OrdinalIgnoreCase));
}

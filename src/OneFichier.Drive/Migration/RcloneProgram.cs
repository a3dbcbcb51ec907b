using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OneFichier.Drive.Migration;

/// <summary>The rclone of this machine. It finds its own configuration; nothing secret is ever among its arguments.</summary>
/// <param name="path">The program.</param>
public sealed partial class RcloneProgram(string path)
{
    /// <summary>The oldest rclone whose output is known to be read rightly.</summary>
    public static readonly Version Oldest = new(1, 53);

    /// <summary>Looks whether the program is there and new enough.</summary>
    /// <exception cref="FichierException">It is not.</exception>
    public async Task<Version> CheckAsync(CancellationToken cancellationToken = default)
    {
        string said;
        try
        {
            said = await TextAsync(["version"], cancellationToken);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new FichierException($"rclone cannot be run: {e.Message}", e) { Remedy = "Install it, or name it with --rclone PATH." };
        }

        var found = VersionText().Match(said);
        var version = found.Success ? new Version(int.Parse(found.Groups["major"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(found.Groups["minor"].ValueSpan, CultureInfo.InvariantCulture)) : new Version();
        return version >= Oldest ? version : throw new FichierException($"This rclone is {version}; {Oldest} or newer is needed.") { Remedy = "Update it, or name another with --rclone PATH." };
    }

    /// <summary>Runs it and gives what it says; what it prints as an error becomes one.</summary>
    public async Task<string> TextAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        await using var run = Start(arguments);
        var said = await run.Output.ReadToEndAsync(cancellationToken);
        await run.EndAsync(cancellationToken);
        return said;
    }

    /// <summary>Starts it; the run is ended with its disposal.</summary>
    internal RcloneRun Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new RcloneRun(process);
    }

    [GeneratedRegex(@"rclone v(?<major>\d+)\.(?<minor>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex VersionText();
}

/// <summary>One run of rclone.</summary>
internal sealed class RcloneRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private int _disposed;

    public RcloneRun(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public StreamReader Output => _process.StandardOutput;

    /// <summary>Waits for its end.</summary>
    /// <exception cref="IOException">It failed; the message is its last words.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
            throw new IOException($"rclone ended with {_process.ExitCode}: {LastWords(await _errors)}");
    }

    /// <summary>Ends it where it has not ended; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _errors.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _process.Dispose();
    }

    private static string LastWords(string errors) => errors.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [.., var last] ? last.Trim() : "it said nothing";
}

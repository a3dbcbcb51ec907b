using System.ComponentModel;
using System.Diagnostics;

namespace OneFichier.Server.Leaks;

/// <summary>Runs the git of this machine in a repository that may be anybody's: nothing of its configuration that would run a program is let.</summary>
internal sealed class GitProgram(string folder, bool asHook)
{
    private static readonly string[] Safe = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "diff.external=", "-c", "log.showSignature=false"];

    /// <summary>Starts git with its input and output open.</summary>
    /// <exception cref="IOException">There is no git.</exception>
    public Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. Safe, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_OPTIONAL_LOCKS"] = "0", ["GIT_TERMINAL_PROMPT"] = "0", ["GIT_NO_LAZY_FETCH"] = "1", ["LC_ALL"] = "C" },
        };
        // A hook is told its repository and its index by these; anybody else looks at the folder he names.
        foreach (var name in asHook ? Array.Empty<string>() : ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"])
            start.Environment.Remove(name);

        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            return process;
        }
        catch (Win32Exception e)
        {
            throw new IOException("git is not installed, so no history can be looked through.", e);
        }
    }

    /// <summary>What git says.</summary>
    /// <exception cref="IOException">It fails, and why.</exception>
    public async Task<string> AskAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, string input = "")
    {
        using var process = Start(arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteAsync(process, input, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode is 0 or 1 && (await error).Length == 0 || process.ExitCode == 0 ? await output : throw new IOException($"git: {(await error).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException) when (process.HasExited)
        {
            // It said all it had to say without reading on.
        }
    }
}

using System.Diagnostics;
using OneFichier.Cli.Terminal;
using OneFichier.Mount.Fuse;

namespace OneFichier.Cli.Commands;

/// <summary>
/// A mount in the background: the same program started once more, which says on its standard streams that it is ready and then leaves the terminal. Until then what it says is passed on,
/// and its end is the end of this one.
/// </summary>
internal static class MountDaemon
{
    private const string Mark = "_FICHIER_MOUNT_CHILD";
    private const string Ready = "\u0006";

    /// <summary>Whether this process is the one in the background.</summary>
    public static bool IsChild => Environment.GetEnvironmentVariable(Mark) == "1";

    /// <returns>Zero once it is mounted, else the exit code of what failed.</returns>
    public static async Task<int> StartAsync(Screen screen, CancellationToken cancellationToken)
    {
        using var child = Process.Start(Again())!;
        try
        {
            var ready = await Task.WhenAll(PassOnAsync(child.StandardOutput, screen.Out, cancellationToken), PassOnAsync(child.StandardError, screen.Error, cancellationToken));
            if (ready.All(r => r))
                return ExitCodes.Done;
            await child.WaitForExitAsync(cancellationToken);
            return child.ExitCode == ExitCodes.Done ? ExitCodes.Failed : child.ExitCode;
        }
        catch (OperationCanceledException)
        {
            child.Kill();
            throw;
        }
    }

    /// <summary>In the background: says that it is ready, and goes.</summary>
    public static void Detach(Screen screen)
    {
        screen.Out.WriteLine(Ready);
        screen.Out.Flush();
        screen.Error.WriteLine(Ready);
        OwnProcess.LeaveTerminal();
    }

    private static ProcessStartInfo Again()
    {
        var start = new ProcessStartInfo(ThisProgram.File, [.. ThisProgram.Prefix, .. Environment.GetCommandLineArgs().Skip(1)]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment[Mark] = "1";
        return start;
    }

    /// <returns>Whether it said that it is ready; else it said nothing more.</returns>
    private static async Task<bool> PassOnAsync(TextReader from, TextWriter to, CancellationToken cancellationToken)
    {
        while (await from.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == Ready)
                return true;
            await to.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        return false;
    }
}

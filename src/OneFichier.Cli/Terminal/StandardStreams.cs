using Microsoft.Win32.SafeHandles;

namespace OneFichier.Cli.Terminal;

/// <summary>The standard streams as bytes.</summary>
internal static class StandardStreams
{
    /// <summary>
    /// Standard output, on which a reader that went away is an error (<see cref="IsClosedPipe"/>); the console's own stream would swallow it
    /// and let a download run on for nobody. A file stays with the console's stream, which keeps the position shared with the shell.
    /// </summary>
    public static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return Console.OpenStandardOutput();

        var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return direct.CanSeek ? Console.OpenStandardOutput() : direct;
    }

    /// <summary>Whether an error says that the reader of our output went away, as <c>head</c> does.</summary>
    public static bool IsClosedPipe(Exception exception)
    {
        const int BrokenPipe = 32;
        const int WindowsNoData = unchecked((int)0x800700E8);
        return exception is IOException { HResult: BrokenPipe or WindowsNoData };
    }
}

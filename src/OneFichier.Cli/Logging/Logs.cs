using System.Text;
using Microsoft.Extensions.Logging;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Logging;

/// <summary>Opens the logs that the flags ask for.</summary>
internal static class Logs
{
    public static LogHub Open(Globals globals, Screen screen, TimeProvider time)
    {
        var console = new LogSink(globals.Quiet ? LogLevel.Error : globals.LogLevel, screen.Error, globals.LogAsJson && globals.LogFile is null ? LogFormats.Json : LogFormats.Console);
        if (globals.LogFile is null)
            return new LogHub([console], time);

        var level = globals.LogLevel < LogLevel.Information ? globals.LogLevel : LogLevel.Information;
        return new LogHub([console, new LogSink(level, OpenFile(globals.LogFile, screen.Redactor), globals.LogAsJson ? LogFormats.Json : LogFormats.Text)], time);
    }

    private static RedactingWriter OpenFile(string path, Redactor redactor)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var writer = new StreamWriter(new FileStream(path, options), new UTF8Encoding(false)) { AutoFlush = true };
        return new RedactingWriter(writer, redactor);
    }
}

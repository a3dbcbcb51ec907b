using Microsoft.Extensions.Logging;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Logging;

/// <summary>What the rooms of the program log goes to standard error, and to a file where one is named; always without secrets.</summary>
internal sealed class LogHub(IReadOnlyList<LogSink> sinks, TimeProvider time) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The sinks of the program are fixed.");

    public void Dispose()
    {
        foreach (var sink in sinks)
            sink.Dispose();
    }

    private void Write(LogEntry entry)
    {
        foreach (var sink in sinks.Where(s => entry.Level >= s.Level))
            sink.Write(entry);
    }

    private sealed class Logger(LogHub hub, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && hub._lowest <= logLevel;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                hub.Write(new LogEntry(hub._time.GetLocalNow(), logLevel, category, formatter(state, exception), exception));
        }
    }

    private readonly LogLevel _lowest = sinks.Min(s => s.Level);
    private readonly TimeProvider _time = time;
}

/// <summary>One line of a log.</summary>
internal sealed record LogEntry(DateTimeOffset Time, LogLevel Level, string Category, string Message, Exception? Exception);

/// <summary>A place log lines go to, from a level on; given a writer that masks secrets.</summary>
internal sealed class LogSink(LogLevel level, RedactingWriter writer, Func<LogEntry, string> format) : IDisposable
{
    private readonly Lock _gate = new();

    public LogLevel Level => level;

    public void Write(LogEntry entry)
    {
        lock (_gate)
            writer.WriteLine(format(entry));
    }

    public void Dispose() => writer.Flush();
}

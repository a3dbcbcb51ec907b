using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OneFichier.Tests.Governor;

internal sealed class CollectedLog : ILogger
{
    public ConcurrentQueue<string> Warnings { get; } = new();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Warnings.Enqueue($"{logLevel}: {formatter(state, exception)}");
}

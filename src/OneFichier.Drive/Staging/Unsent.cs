using System.Collections.Concurrent;

namespace OneFichier.Drive.Staging;

/// <summary>What one draining tried and could not send; it tries nothing twice.</summary>
internal sealed class Unsent
{
    private readonly ConcurrentDictionary<object, Exception> _failures = [];
    private Exception? _first;

    /// <summary>Why the first of them failed.</summary>
    public Exception? First => _first;

    public bool Contains(object thing) => _failures.ContainsKey(thing);

    public void Add(object thing, Exception reason)
    {
        _failures[thing] = reason;
        Interlocked.CompareExchange(ref _first, reason, null);
    }
}

namespace OneFichier.Server.Tokens;

/// <summary>Failures by key, and the waits they bring.</summary>
internal sealed class FailureTable(TimeProvider time, int free, TimeSpan longest, LoginThrottleOptions options)
{
    private const int MostDoublings = 30;

    private readonly BoundedTable<(int Failures, DateTimeOffset FreeAt)> _table = new(time, options.Entries);

    public int Count => _table.Count;

    public TimeSpan WaitOf(string key) => _table.Get(key, options.Memory) is { } known && known.FreeAt - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    public void Fail(string key)
    {
        var failures = (_table.Get(key, options.Memory)?.Failures ?? 0) + 1;
        var doublings = Math.Min(failures - free - 1, MostDoublings);
        var wait = doublings < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, doublings), longest.TotalSeconds));
        _table.Set(key, (failures, time.GetUtcNow() + wait));
    }
}

/// <summary>Addresses from which users got in.</summary>
internal sealed class TrustTable(TimeProvider time, LoginThrottleOptions options)
{
    private const int ForgivenInARow = 3;

    private readonly BoundedTable<int> _table = new(time, options.Entries);

    public int Count => _table.Count;

    public bool Has(string address, string user) => _table.Get(Key(address, user), options.Trust) is not null;

    public void Add(string address, string user) => _table.Set(Key(address, user), 0);

    /// <summary>Whether this failure of a known pair does not count; after some in a row the pair is not known any more.</summary>
    public bool Forgives(string address, string user)
    {
        if (_table.Get(Key(address, user), options.Trust) is not { } failures)
            return false;
        if (failures + 1 >= ForgivenInARow)
            _table.Remove(Key(address, user));
        else
            _table.Set(Key(address, user), failures + 1);
        return true;
    }

    private static string Key(string address, string user) => $"{address} {user}";
}

/// <summary>A table that forgets what is old, and what was not touched longest when it is full.</summary>
internal sealed class BoundedTable<T>(TimeProvider time, int most) where T : struct
{
    private const int LongestKey = 256;

    private readonly Dictionary<string, (T Value, DateTimeOffset At)> _rows = new(StringComparer.Ordinal);

    public int Count => _rows.Count;

    public T? Get(string key, TimeSpan memory) => _rows.TryGetValue(Cut(key), out var row) && time.GetUtcNow() - row.At < memory ? row.Value : null;

    public void Set(string key, T value)
    {
        if (_rows.Count >= most && !_rows.ContainsKey(Cut(key)))
        {
            foreach (var old in _rows.OrderBy(r => r.Value.At).Take(Math.Max(1, most / 10)).Select(r => r.Key).ToList())
                _rows.Remove(old);
        }

        _rows[Cut(key)] = (value, time.GetUtcNow());
    }

    public void Remove(string key) => _rows.Remove(Cut(key));

    private static string Cut(string key) => key.Length <= LongestKey ? key : key[..LongestKey];
}

using System.Collections.Concurrent;

namespace OneFichier.Testing.Kills;

/// <summary>What many killed runs came to. Safe for several threads.</summary>
public sealed class KillTally
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();

    /// <summary>What should not be, a line for each run that has it, with what repeats it.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Counts something.</summary>
    public void Count(string what, long by = 1) => _counts.AddOrUpdate(what, (int)by, (_, before) => before + (int)by);

    /// <summary>A count, zero for what was never counted.</summary>
    public int this[string what] => _counts.GetValueOrDefault(what);

    /// <summary>Notes that a run did not end as it should.</summary>
    public void Fail(string line) => _failures.Enqueue(line);

    /// <summary>All counts under a heading, as rows of a table.</summary>
    /// <param name="heading">The beginning of what was counted, which the rows leave out.</param>
    public string Rows(string heading) =>
        string.Join('\n', _counts.Where(c => c.Key.StartsWith(heading, StringComparison.Ordinal)).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"| {c.Key[heading.Length..]} | {c.Value} |"));
}

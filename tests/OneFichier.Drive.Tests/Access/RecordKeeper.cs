using OneFichier.Drive.Access;

namespace OneFichier.Drive.Tests.Access;

/// <summary>Keeps records in memory, or fails to.</summary>
internal sealed class RecordKeeper : IAccessLog
{
    private readonly Lock _gate = new();
    private readonly List<AccessRecord> _records = [];

    public bool IsFull { get; set; }

    public IReadOnlyList<AccessRecord> All
    {
        get
        {
            lock (_gate)
                return [.. _records];
        }
    }

    /// <summary>Every record in a few words.</summary>
    public IReadOnlyList<string> Lines => [.. All.Select(r => $"{r.Verb} {r.Path}{(r.Target is null ? "" : " > " + r.Target)} {r.Outcome}{(r.Bytes is { } n ? $" {n}" : "")}")];

    public ValueTask RecordAsync(IReadOnlyList<AccessRecord> records)
    {
        if (IsFull)
            throw new IOException("No room for records.");
        lock (_gate)
            _records.AddRange(records);
        return ValueTask.CompletedTask;
    }
}

using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

/// <summary>Upload ids given out and reports of uploads that ended.</summary>
internal sealed class UploadDesk
{
    private readonly HashSet<string> issued = new(StringComparer.Ordinal);

    private readonly Dictionary<string, UploadReport> reports = new(StringComparer.Ordinal);
    private readonly Queue<(string Xid, UploadReport Report)> ages = new();

    public void Issue(string id) => issued.Add(id);

    /// <summary>Uses an id up. False when it was never given, or used before.</summary>
    public bool Take(string id) => issued.Remove(id);

    public UploadReport? Find(string xid) => reports.GetValueOrDefault(xid);

    public void Add(string xid, UploadReport report)
    {
        reports[xid] = report;
        ages.Enqueue((xid, report));
    }

    /// <summary>Forgets, and gives back, reports of uploads that ended before a moment.</summary>
    public IEnumerable<UploadReport> Forget(DateTimeOffset endedBefore)
    {
        while (ages.TryPeek(out var oldest) && oldest.Report.Ended < endedBefore)
        {
            ages.Dequeue();
            reports.Remove(oldest.Xid);
            yield return oldest.Report;
        }
    }
}

/// <summary>An upload that ended: what came, and once it is stored, the files.</summary>
internal sealed class UploadReport
{
    public required StoredFolder Folder { get; init; }

    public required DateTimeOffset Ended { get; init; }

    public required bool Incoming { get; init; }

    public required FileAttributesRow? Attributes { get; init; }

    /// <summary>Received and not stored yet.</summary>
    public required List<(string Name, Content Content)> Waiting { get; init; }

    public List<StoredFile> Stored { get; } = [];

    /// <summary>How many times the report was asked for.</summary>
    public int Visits { get; set; }
}

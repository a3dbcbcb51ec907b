using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

/// <summary>Upload ids given out and reports of uploads that ended.</summary>
internal sealed class UploadDesk
{
    private readonly HashSet<string> issued = new(StringComparer.Ordinal);

    public Dictionary<string, UploadReport> Reports { get; } = new(StringComparer.Ordinal);

    public void Issue(string id) => issued.Add(id);

    /// <summary>Uses an id up. False when it was never given, or used before.</summary>
    public bool Take(string id) => issued.Remove(id);
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

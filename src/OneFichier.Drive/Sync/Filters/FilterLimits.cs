namespace OneFichier.Drive.Sync;

/// <summary>What a filter asks besides its rules. A file whose time nobody knows is neither old nor young enough.</summary>
internal sealed record FilterLimits
{
    public long? MinSize { get; init; }

    public long? MaxSize { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public int? MaxDepth { get; init; }

    public IReadOnlySet<string> Markers { get; init; } = new HashSet<string>();

    public bool AnyOnFiles => MinSize is not null || MaxSize is not null || From is not null || To is not null || Markers.Count > 0;

    public bool Includes(Entry file) => !(file.Size < MinSize) && !(file.Size > MaxSize) && InTime(file.ModTime ?? file.Created);

    private bool InTime(DateTimeOffset? modTime) => (From is null || modTime >= From) && (To is null || modTime <= To);
}

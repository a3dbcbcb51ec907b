using OneFichier.Drive.Migration;

namespace OneFichier.Cli.Commands;

internal sealed record MigrationShape(string Type, string Name, string Target, IReadOnlyList<string> Sources, DateTimeOffset Created, string State)
{
    public int Files { get; init; }

    public long Bytes { get; init; }

    public int Waiting { get; init; }

    public int Stored { get; init; }

    public int Proven { get; init; }

    public int ProvenBySizeAlone { get; init; }

    public int Failed { get; init; }

    public int Wrong { get; init; }

    public int Cannot { get; init; }

    public long BytesDone { get; init; }

    public int SlicesLeft { get; init; }

    public IReadOnlyList<WayShape> Ways { get; init; } = [];

    public CostShape? Cost { get; init; }

    public static MigrationShape Of(MigrationHead head, IReadOnlyList<MigrationCount> counts, IReadOnlyList<MigrationSlice> open)
    {
        var files = counts.ToLookup(c => c.State, c => c.Files);
        var state = !head.Ready ? "planning" : files[MigrationState.Waiting].Any() ? "open" : files[MigrationState.Stored].Any() ? "unproven" : files[MigrationState.Failed].Any() || files[MigrationState.Wrong].Any() ? "failed" : "done";
        return new MigrationShape("migration", head.Name, head.Target, head.Sources, head.Created, state)
        {
            Files = counts.Sum(c => c.Files),
            Bytes = counts.Sum(c => c.Bytes),
            Waiting = files[MigrationState.Waiting].Sum(),
            Stored = files[MigrationState.Stored].Sum(),
            Proven = files[MigrationState.Proven].Sum(),
            ProvenBySizeAlone = counts.Where(c => c is { State: MigrationState.Proven, Proof: MigrationProof.Size }).Sum(c => c.Files),
            Failed = files[MigrationState.Failed].Sum(),
            Wrong = files[MigrationState.Wrong].Sum(),
            Cannot = files[MigrationState.Cannot].Sum(),
            BytesDone = counts.Where(c => c.State is MigrationState.Stored or MigrationState.Proven).Sum(c => c.Bytes),
            SlicesLeft = open.Count,
            Ways = [.. counts.GroupBy(c => c.Way).Select(g => new WayShape(MigrateVerbs.Word(g.Key), g.Sum(c => c.Files), g.Sum(c => c.Bytes)))],
        };
    }
}

internal sealed record WayShape(string Way, int Files, long Bytes);

internal sealed record CostShape(int Requests, int NewFolders, int Sessions, int Copies, int Fetches, int Proofs, long CarriedBytes, double LeastSeconds);

internal sealed record MigrationItemShape(string Type, long Number, string Source, string Origin, string Path, string Way, string State)
{
    public long? Size { get; init; }

    public string? Whirlpool { get; init; }

    public string? OtherSum { get; init; }

    public string? Link { get; init; }

    public long? StoredSize { get; init; }

    public string? StoredWhirlpool { get; init; }

    public string? Proof { get; init; }

    public string? Reason { get; init; }

    public string? Error { get; init; }

    public DateTimeOffset? Done { get; init; }

    /// <summary>The item as others may see it: an address without what may open it.</summary>
    public static MigrationItemShape Of(string type, MigrationHead head, MigrationItem item) => new(type, item.Number, head.Sources[item.Source], Shown(item.Origin), item.Target.ToString(), MigrateVerbs.Word(item.Way), MigrateVerbs.Word(item.State))
    {
        Size = item.Size,
        Whirlpool = item.Checksum?.ToString(),
        OtherSum = item.OtherSum,
        Link = item.Stored?.Url,
        StoredSize = item.StoredSize,
        StoredWhirlpool = item.StoredChecksum?.ToString(),
        Proof = item.Proof switch { MigrationProof.Checksum => "whirlpool", MigrationProof.Size => "size", _ => null },
        Reason = item.Reason,
        Error = item.Error,
        Done = item.Done,
    };

    private static string Shown(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && FileLink.TryParse(origin, out _) is false ? Redacted(new Uri(origin)) : origin;

    private static string Redacted(Uri address) => address.Query.Length > 0 ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + "?…" : address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}

internal sealed record MigrationProgress(string Type, int FilesDone, int Files, long BytesCarried, double BytesPerSecond);

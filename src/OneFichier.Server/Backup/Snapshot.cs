namespace OneFichier.Server.Backup;

/// <summary>A snapshot of a repository.</summary>
public sealed record Snapshot(string Id, DateTimeOffset Time, string Host, IReadOnlyList<string> Paths, IReadOnlyList<string> Tags)
{
    /// <summary>The word for the newest one.</summary>
    public const string Latest = "latest";

    /// <summary>The first digits of its name, as restic shows it.</summary>
    public string ShortId => Id.Length > 8 ? Id[..8] : Id;

    /// <summary>The newest snapshot of a machine; where it has none, as on a new machine, the newest of all.</summary>
    public static Snapshot? LatestOf(IEnumerable<Snapshot> snapshots, string host)
    {
        var all = snapshots.ToList();
        return all.Where(s => s.Host == host).MaxBy(s => s.Time) ?? all.MaxBy(s => s.Time);
    }
}

/// <summary>A file in a snapshot.</summary>
/// <param name="Path">Where it was, from the root of its machine.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="ModTime">When it was last changed.</param>
public sealed record SnapshotFile(string Path, long Size, DateTimeOffset ModTime);

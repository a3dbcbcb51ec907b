namespace OneFichier.Server.Backup;

/// <summary>Something that happens while restic works.</summary>
public abstract record BackupEvent;

/// <summary>How far it is. The totals grow while the sources are looked through; zero when they are not.</summary>
public sealed record BackupProgress(long FilesDone, long Files, long BytesDone, long Bytes) : BackupEvent;

/// <summary>A file of the sources, or of what is restored, that could not be read or written. The rest goes on.</summary>
/// <param name="Path">The file, as restic names it; may be empty.</param>
/// <param name="Reason">Why.</param>
public sealed record BackupItemFailed(string Path, string Reason) : BackupEvent;

/// <summary>What a run has done.</summary>
public sealed record BackupSummary : BackupEvent
{
    /// <summary>The new snapshot; <see langword="null"/> where none was made.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Files that were not in the last snapshot.</summary>
    public long FilesAdded { get; init; }

    /// <summary>Files that were, with other content.</summary>
    public long FilesChanged { get; init; }

    /// <summary>Files that were, as they are.</summary>
    public long FilesUnmodified { get; init; }

    /// <summary>All files of the snapshot, or all that were restored.</summary>
    public long Files { get; init; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that were not in the repository, before compression.</summary>
    public long BytesAdded { get; init; }
}

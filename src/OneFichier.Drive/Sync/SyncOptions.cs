namespace OneFichier.Drive.Sync;

/// <summary>What is wanted of a source and a destination tree. Names and meaning are rclone's.</summary>
public sealed record SyncOptions
{
    /// <summary>What is done.</summary>
    public SyncKind Kind { get; init; } = SyncKind.Copy;

    /// <summary>What takes part; what a filter leaves out is neither sent nor removed.</summary>
    public TreeFilter Filter { get; init; } = TreeFilter.Everything;

    /// <summary>How two files of a name are told to be the same.</summary>
    public Comparison Compare { get; init; } = Comparison.SizeAndTime;

    /// <summary>Skip files that are there, whatever their content (<c>--ignore-existing</c>).</summary>
    public bool IgnoreExisting { get; init; }

    /// <summary>Skip files that are newer there (<c>--update</c>).</summary>
    public bool Update { get; init; }

    /// <summary>Change no file that is there: report it as an error instead (<c>--immutable</c>).</summary>
    public bool Immutable { get; init; }

    /// <summary>When a sync removes what the source has not.</summary>
    public DeleteOrder Deletes { get; init; } = DeleteOrder.After;

    /// <summary>Remove nothing when more files than this would go (<c>--max-delete</c>).</summary>
    public int? MaxDelete { get; init; }

    /// <summary>A folder of the destination's volume that takes what would be removed or replaced, under its path (<c>--backup-dir</c>).</summary>
    public VolumePath? BackupFolder { get; init; }

    /// <summary>Move files on the destination that were renamed in the source, known by size and checksum (<c>--track-renames</c>).</summary>
    public bool TrackRenames { get; init; }

    /// <summary>Copy on the service what the account already holds, and reuse local files with the same content; off by <c>--no-dedupe</c>.</summary>
    public bool Dedupe { get; init; } = true;

    /// <summary>How far two modification times may differ and be the same; the coarser precision of the volumes is added (<c>--modify-window</c>).</summary>
    public TimeSpan ModifyWindow { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Make empty folders of the source in the destination too (<c>--create-empty-src-dirs</c>).</summary>
    public bool EmptyFolders { get; init; }
}

/// <summary>What is done with two trees.</summary>
public enum SyncKind
{
    /// <summary>The destination gets what it lacks; nothing is removed.</summary>
    Copy,

    /// <summary>The destination becomes like the source.</summary>
    Sync,

    /// <summary>As a copy; each file of the source is removed once it is proven in the destination.</summary>
    Move,
}

/// <summary>How two files of a name are compared.</summary>
public enum Comparison
{
    /// <summary>Size and modification time; where a side keeps no times, size and checksum if both are known, else size.</summary>
    SizeAndTime,

    /// <summary>Size and checksum; a checksum that is not known is computed by reading (<c>--checksum</c>).</summary>
    Checksum,

    /// <summary>Size alone (<c>--size-only</c>).</summary>
    Size,
}

/// <summary>When a sync removes.</summary>
public enum DeleteOrder
{
    /// <summary>Once all transfers succeeded; not at all when one failed.</summary>
    After,

    /// <summary>Before anything is transferred, to make room.</summary>
    Before,
}

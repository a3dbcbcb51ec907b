namespace OneFichier.Drive.Sync;

/// <summary>What has to be done to make a destination what is wanted; made from two listings without touching anything.</summary>
public sealed record SyncPlan
{
    /// <summary>Folders to make, each after the one above it.</summary>
    public IReadOnlyList<VolumePath> Folders { get; init; } = [];

    /// <summary>Files to move within the destination, because the source renamed them.</summary>
    public IReadOnlyList<VolumeMove> Renames { get; init; } = [];

    /// <summary>Files to copy without moving bytes through this machine.</summary>
    public IReadOnlyList<PlannedCopy> Copies { get; init; } = [];

    /// <summary>Files to transfer, those of one folder in a row.</summary>
    public IReadOnlyList<PlannedTransfer> Transfers { get; init; } = [];

    /// <summary>Files that are the same but for their modification time.</summary>
    public IReadOnlyList<PlannedTime> Times { get; init; } = [];

    /// <summary>Files of the destination to remove, or to put into the backup folder.</summary>
    public IReadOnlyList<Entry> RemovedFiles { get; init; } = [];

    /// <summary>Folders of the destination to remove, each after those in it.</summary>
    public IReadOnlyList<VolumePath> RemovedFolders { get; init; } = [];

    /// <summary>Files of the source that are there already: with a move they are removed from the source.</summary>
    public IReadOnlyList<Entry> Unchanged { get; init; } = [];

    /// <summary>How many files the source has, after the filter.</summary>
    public int SourceFiles { get; init; }

    /// <summary>What the user should know or decide, and what keeps a part from being done.</summary>
    public IReadOnlyList<PlanNote> Notes { get; init; } = [];

    /// <summary>Bytes to be transferred.</summary>
    public long Bytes => Transfers.Sum(t => t.Source.Size);

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Folders.Count + Renames.Count + Copies.Count + Transfers.Count + Times.Count + RemovedFiles.Count + RemovedFolders.Count == 0;
}

/// <summary>A file to transfer.</summary>
/// <param name="Source">The file in the source.</param>
/// <param name="Target">Where it goes in the destination.</param>
/// <param name="Replaces">What is there now and will be replaced.</param>
public sealed record PlannedTransfer(Entry Source, VolumePath Target, Entry? Replaces = null);

/// <summary>A file whose content is had without transferring it.</summary>
/// <param name="Source">The file in the source.</param>
/// <param name="From">Where the content is copied from: an entry the destination's <see cref="IServerSideCopy"/> takes, or a file of the destination's disk.</param>
/// <param name="Target">Where it goes in the destination.</param>
/// <param name="Replaces">What is there now and will be replaced.</param>
public sealed record PlannedCopy(Entry Source, Entry From, VolumePath Target, Entry? Replaces = null);

/// <summary>A modification time to set.</summary>
/// <param name="File">The file in the destination.</param>
/// <param name="ModTime">The time.</param>
public sealed record PlannedTime(Entry File, DateTimeOffset ModTime);

/// <summary>A remark of the planner.</summary>
/// <param name="Path">What it is about.</param>
/// <param name="Text">A sentence.</param>
/// <param name="Error">Why a part cannot be done; <see langword="null"/> for a mere remark.</param>
public sealed record PlanNote(VolumePath Path, string Text, Exception? Error = null);

namespace OneFichier.Drive.Sync;

/// <summary>What has to be done to make a destination what is wanted; made from two listings without touching anything.</summary>
/// <remarks>
/// It holds when it is carried out in this order: <see cref="Cleared"/>, <see cref="Folders"/>, <see cref="Renames"/>, the removals if they come before, <see cref="Copies"/>,
/// <see cref="Transfers"/>, <see cref="Repeats"/>, <see cref="Times"/>, <see cref="RemovedFiles"/>, <see cref="RemovedFolders"/>.
/// </remarks>
public sealed record SyncPlan
{
    /// <summary>What stands in the way of something of another kind and goes before anything else is done, as what is removed later: files, then folders, each after what is in it.</summary>
    public IReadOnlyList<Entry> Cleared { get; init; } = [];

    /// <summary>Folders to make, each after the one above it.</summary>
    public IReadOnlyList<VolumePath> Folders { get; init; } = [];

    /// <summary>Files to move within the destination, because the source renamed them.</summary>
    public IReadOnlyList<VolumeMove> Renames { get; init; } = [];

    /// <summary>Files to copy without moving bytes through this machine.</summary>
    public IReadOnlyList<PlannedCopy> Copies { get; init; } = [];

    /// <summary>Files to transfer, those of one folder in a row.</summary>
    public IReadOnlyList<PlannedTransfer> Transfers { get; init; } = [];

    /// <summary>
    /// Files that have the content of one of the <see cref="Transfers"/>, to be copied within the destination once that is done: <see cref="PlannedCopy.From"/> is known by its path alone,
    /// which is that transfer's target. Where it failed, they are to be transferred themselves.
    /// </summary>
    public IReadOnlyList<PlannedCopy> Repeats { get; init; } = [];

    /// <summary>Files that are the same but for their modification time.</summary>
    public IReadOnlyList<PlannedTime> Times { get; init; } = [];

    /// <summary>Files of the destination to remove, or to put into the backup folder.</summary>
    public IReadOnlyList<Entry> RemovedFiles { get; init; } = [];

    /// <summary>Folders of the destination to remove, each after those in it.</summary>
    public IReadOnlyList<VolumePath> RemovedFolders { get; init; } = [];

    /// <summary>Files of the source that are there already: with a move they are removed from the source.</summary>
    public IReadOnlyList<Entry> Unchanged { get; init; } = [];

    /// <summary>The folder of the destination's volume the plan is for; all paths in the plan are the volumes'.</summary>
    public VolumePath DestinationRoot { get; init; }

    /// <summary>Where in the destination's volume that is put which would be removed or replaced; <see langword="null"/> when it is gone for good.</summary>
    public VolumePath? BackupFolder { get; init; }

    /// <summary>Whether nothing is removed because more files would go than <see cref="SyncOptions.MaxDelete"/> allows: a run of this plan ends as a fatal failure.</summary>
    public bool TooManyDeletes { get; init; }

    /// <summary>How many files the source has, after the filter.</summary>
    public int SourceFiles { get; init; }

    /// <summary>What the user should know or decide, and what keeps a part from being done.</summary>
    public IReadOnlyList<PlanNote> Notes { get; init; } = [];

    /// <summary>Bytes to be transferred.</summary>
    public long Bytes => Transfers.Sum(t => t.Source.Size);

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty =>
        Cleared.Count + Folders.Count + Renames.Count + Copies.Count + Transfers.Count + Repeats.Count + Times.Count + RemovedFiles.Count + RemovedFolders.Count == 0;

    /// <summary>Where a file of the destination is moved before it is removed or replaced; <see langword="null"/> without a backup folder.</summary>
    public VolumePath? BackupOf(VolumePath file) =>
        BackupFolder?.Combine(DestinationRoot.IsRoot ? file : VolumePath.Parse(file.ToString()[DestinationRoot.ToString().Length..]));
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

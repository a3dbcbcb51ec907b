namespace OneFichier.Drive.Sync;

/// <summary>What a run has done, whatever ended it.</summary>
public sealed record SyncResult
{
    /// <summary>Files transferred, whole and proven.</summary>
    public int TransferredFiles { get; init; }

    /// <summary>Their bytes.</summary>
    public long TransferredBytes { get; init; }

    /// <summary>Bytes that passed, those of failed attempts among them and those a continued fetch found there not.</summary>
    public long MovedBytes { get; init; }

    /// <summary>Files copied without a transfer.</summary>
    public int Copied { get; init; }

    /// <summary>Files renamed in the destination.</summary>
    public int Renamed { get; init; }

    /// <summary>Files removed from the destination, or put into the backup folder.</summary>
    public int Removed { get; init; }

    /// <summary>Folders removed from the destination.</summary>
    public int RemovedFolders { get; init; }

    /// <summary>Modification times set.</summary>
    public int TimesSet { get; init; }

    /// <summary>Files that were there already.</summary>
    public int Unchanged { get; init; }

    /// <summary>Files of the source removed by a move.</summary>
    public int SourceRemoved { get; init; }

    /// <summary>Replaced or removed files that are in the backup folder now.</summary>
    public int BackedUp { get; init; }

    /// <summary>What could not be done, the planner's errors among it.</summary>
    public IReadOnlyList<SyncFailure> Failed { get; init; } = [];

    /// <summary>What was found otherwise than when the plan was made, and therefore left alone. The next run sees it.</summary>
    public IReadOnlyList<SyncSurprise> Surprises { get; init; } = [];

    /// <summary>Why what the source has not was not removed; <see langword="null"/> when it was, or when there was nothing of the kind.</summary>
    public string? RemovalsSkipped { get; init; }

    /// <summary>The limit that ended the run.</summary>
    public RunLimit Limit { get; init; }

    /// <summary>What ended the run because nothing else could have succeeded: a refused key, a locked account, a full disk.</summary>
    public Exception? Fatal { get; init; }

    /// <summary>Whether the run was cancelled.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Whether the destination is now what the plan wanted.</summary>
    public bool Complete => Failed.Count == 0 && Surprises.Count == 0 && Limit == RunLimit.None && Fatal is null && !Interrupted && RemovalsSkipped is null;

    /// <summary>Whether anything was changed.</summary>
    public bool DidAnything => TransferredFiles + Copied + Renamed + Removed + RemovedFolders + TimesSet + SourceRemoved > 0;
}

/// <summary>Something that could not be done.</summary>
/// <param name="Path">The file or folder, mostly of the destination.</param>
/// <param name="Error">Why.</param>
public sealed record SyncFailure(VolumePath Path, Exception Error);

/// <summary>Something that somebody else changed between the plan and the act.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Text">A sentence.</param>
public sealed record SyncSurprise(VolumePath Path, string Text);

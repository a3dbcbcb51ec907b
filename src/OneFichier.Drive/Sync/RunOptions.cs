namespace OneFichier.Drive.Sync;

/// <summary>How a plan is carried out.</summary>
public sealed record RunOptions
{
    /// <summary>Files under way at once; where files are sent in sessions of many, sessions (<c>--transfers</c>); default 4.</summary>
    public int Transfers { get; init; } = 4;

    /// <summary>Bytes in one session of several files at most; default 1 GiB. A file of a quarter of that or more has a session of its own.</summary>
    public long SessionBytes { get; init; } = 1L << 30;

    /// <summary>When to end early.</summary>
    public RunLimits Limits { get; init; } = RunLimits.None;

    /// <summary>Holds transfers back (<c>--bwlimit</c>); may be shared with others; <see langword="null"/> for full speed.</summary>
    public Bandwidth? Bandwidth { get; init; }

    /// <summary>Told what happens, one event at a time and in order. It must not take long.</summary>
    public IProgress<SyncEvent>? Progress { get; init; }

    /// <summary>How long that many more requests take at the least, with waits and locks; for the estimate of the time left.</summary>
    public Func<int, TimeSpan>? RequestTime { get; init; }

    /// <summary>
    /// What is appended to the names of replaced and removed files in the <see cref="SyncOptions.BackupFolder"/>, or, without one, beside their place (<c>--suffix</c>). An older backup of the same name is replaced, as with
    /// rclone; a suffix with the date keeps all.
    /// </summary>
    public string BackupSuffix { get; init; } = "";

    /// <summary>With a move: remove the folders of the source that it left empty (<c>--delete-empty-src-dirs</c>).</summary>
    public bool RemoveEmptySourceFolders { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Transfers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SessionBytes, 1);
        if (BackupSuffix.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException($"A suffix holds no slash: '{BackupSuffix}'.");
    }
}

namespace OneFichier.Server.Backup;

/// <summary>What is backed up, and how.</summary>
public sealed record BackupPlan
{
    /// <summary>Folders and files of this machine, by their whole paths.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The name of this machine in snapshots.</summary>
    public required string Host { get; init; }

    /// <summary>Patterns of what is left out.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>Files with such patterns, one a line.</summary>
    public IReadOnlyList<string> ExcludeFiles { get; init; } = [];

    /// <summary>Whether folders that are marked as caches (CACHEDIR.TAG) are left out.</summary>
    public bool ExcludeCaches { get; init; }

    /// <summary>Whether other file systems below the sources are left out.</summary>
    public bool OneFileSystem { get; init; }

    /// <summary>Tags of the snapshot.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>MiB of a pack: each costs about two requests whatever its size. Default 64; restic takes 4 to 128.</summary>
    public int PackSize { get; init; } = 64;

    /// <summary>Packs on their way at a time; default 3.</summary>
    public int Connections { get; init; } = 3;

    /// <summary>Whether nothing is stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether the totals are of no interest, so that the sources need not be walked through twice.</summary>
    public bool SkipsTotals { get; init; }
}

namespace OneFichier.Drive.Migration;

/// <summary>One file that moves in: where it is, where it goes, by which way, and what became of it.</summary>
/// <param name="Number">Its number in the migration, in the order of the sources.</param>
/// <param name="Source">The number of its source, from zero.</param>
/// <param name="Origin">What its source calls it: a path below the source, or an address.</param>
/// <param name="Target">Where it goes, below the migration's target.</param>
public sealed record MigrationItem(long Number, int Source, string Origin, VolumePath Target)
{
    /// <summary>Bytes; <see langword="null"/> where the source does not tell.</summary>
    public long? Size { get; init; }

    /// <summary>The checksum the source tells.</summary>
    public WhirlpoolHash? Checksum { get; init; }

    /// <summary>A checksum of another kind the source tells, as <c>md5:…</c>; what is carried is compared with it.</summary>
    public string? OtherSum { get; init; }

    /// <summary>When the content was last changed.</summary>
    public DateTimeOffset? ModTime { get; init; }

    /// <summary>The page link of what is copied on the service: the source's own, or of the same content in the account.</summary>
    public FileLink? Link { get; init; }

    /// <summary>The name of what that link leads to, where it is another than the target's.</summary>
    public string? LinkName { get; init; }

    /// <summary>Which way it goes.</summary>
    public MigrationWay Way { get; init; }

    /// <summary>Why this way, or why none; <see langword="null"/> where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The slice it goes with; zero for none.</summary>
    public long Slice { get; init; }

    /// <summary>How far it is.</summary>
    public MigrationState State { get; init; }

    /// <summary>The number of the remote upload that was asked for it.</summary>
    public long? Request { get; init; }

    /// <summary>What the service stores of it.</summary>
    public FileLink? Stored { get; init; }

    /// <summary>Bytes that are stored.</summary>
    public long? StoredSize { get; init; }

    /// <summary>The checksum the service tells of what is stored.</summary>
    public WhirlpoolHash? StoredChecksum { get; init; }

    /// <summary>What proves it.</summary>
    public MigrationProof Proof { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>When it was stored, or given up.</summary>
    public DateTimeOffset? Done { get; init; }

    /// <summary>Whether there is something left to do for it.</summary>
    public bool IsOpen => State == MigrationState.Waiting;
}

/// <summary>How a file gets to where it goes. The numbers are written to manifests.</summary>
public enum MigrationWay
{
    /// <summary>Not decided.</summary>
    Undecided = 0,

    /// <summary>It is there already, under its name and with its content.</summary>
    There = 1,

    /// <summary>Copied on the service; no bytes travel.</summary>
    Copy = 2,

    /// <summary>The service fetches it from its address; no bytes travel through this machine.</summary>
    Fetch = 3,

    /// <summary>Read and sent by this machine.</summary>
    Carry = 4,

    /// <summary>It cannot go.</summary>
    Cannot = 5,
}

/// <summary>How far a file is. The numbers are written to manifests.</summary>
public enum MigrationState
{
    /// <summary>To be done.</summary>
    Waiting = 0,

    /// <summary>It is stored, and not yet proven by a listing.</summary>
    Stored = 1,

    /// <summary>A listing of the service shows it as it should be.</summary>
    Proven = 2,

    /// <summary>It failed; the next run tries again.</summary>
    Failed = 3,

    /// <summary>It cannot go.</summary>
    Cannot = 4,

    /// <summary>What is stored is not what was to come.</summary>
    Wrong = 5,
}

/// <summary>What a file is proven by. The numbers are written to manifests.</summary>
public enum MigrationProof
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>The size alone: the source tells no checksum and no bytes passed here.</summary>
    Size = 1,

    /// <summary>Size and Whirlpool checksum.</summary>
    Checksum = 2,
}

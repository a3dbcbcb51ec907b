namespace OneFichier.Drive;

/// <summary>How a <see cref="RemoteTree"/> weighs requests against freshness. Immutable: change a copy by <c>with</c>; refused at construction of the tree when it makes no sense.</summary>
public sealed record RemoteTreeOptions
{
    /// <summary>How old a listing may be before it is asked for again; default five minutes. Zero asks every time, which the service allows once in 30 seconds a folder.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An instant before which no listing counts as fresh, whatever <see cref="MaxAge"/>: the start of a run that is to see everything anew, each folder once. Default: none.
    /// </summary>
    public DateTimeOffset? FreshSince { get; init; }

    /// <summary>
    /// How old a listing may be that alone proves that something does not exist; default 30 seconds, the shortest time after which the service lists a folder again.
    /// An older one is asked for again first.
    /// </summary>
    public TimeSpan ProofAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long own writes win over listings that contradict them; default 60 seconds. When a longer lag is seen, twice that, up to ten minutes.
    /// </summary>
    public TimeSpan WriteLag { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Files in one remove, move or copy request; default 100, what the service's own web console and older clients are known to send. The true limit is not known (1fichier-api §11.5).
    /// </summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>
    /// How many further requests may be spent on completing the listing of one folder with more than <see cref="FileListing.Limit"/> files; default 40. Each waits 30 seconds for the one before.
    /// </summary>
    public int MaxWindows { get; init; } = 40;

    /// <summary>
    /// How many folders a walk asks for before their turn; default 4, enough for the request budget to be the limit with answers of a second and a half. Zero asks for one at a time.
    /// </summary>
    public int WalkAhead { get; init; } = 4;

    /// <summary>The clock; default the client's.</summary>
    public TimeProvider? Time { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAge, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ProofAge, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(WriteLag, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWindows, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(WalkAhead, 0);
    }
}

/// <summary>When the service is asked although something is remembered.</summary>
public enum Refresh
{
    /// <summary>When what is remembered is older than <see cref="RemoteTreeOptions.MaxAge"/>, and before anything is said not to exist.</summary>
    WhenOld,

    /// <summary>Always, for the folder that holds the answer; the folders above it as for <see cref="WhenOld"/>.</summary>
    Always,

    /// <summary>Only when nothing is remembered.</summary>
    Never,
}

/// <summary>What a move, rename or copy does when the destination has an entry of that name.</summary>
public enum NameClash
{
    /// <summary>It throws <see cref="NameTakenException"/>, and nothing is changed.</summary>
    Refuse,

    /// <summary>The new entry takes the place of the old: files are removed after the new one has come, an empty folder before. A folder with content, or an entry of the other kind, is refused.</summary>
    Replace,

    /// <summary>Both are kept, and the newest is shown. Folders, whose names are unique, are refused.</summary>
    KeepBoth,
}

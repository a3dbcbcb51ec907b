namespace OneFichier.Sandbox;

/// <summary>
/// The numbers the service enforces. Null means "not enforced". Every window is measured on the sandbox's own clock.
/// </summary>
public sealed record SandboxLimits
{
    /// <summary>No rate and no lock. Sizes and lifetimes, which are part of the protocol, keep their values.</summary>
    public static SandboxLimits None { get; } = new();

    /// <summary>Three requests a second per key and address on the API host, and a lock of 30 s for more.</summary>
    public static SandboxLimits Rps { get; } = new() { RequestsPerSecond = 3 };

    /// <summary>Everything that is published: the rate, the listing and account-page intervals, sizes and connections.</summary>
    public static SandboxLimits Documented { get; } = Rps with
    {
        FolderListingInterval = TimeSpan.FromSeconds(30),
        WholeAccountInterval = TimeSpan.FromHours(1),
        UserInfoPerAddress = TimeSpan.FromMinutes(1),
        UserInfoPerUser = TimeSpan.FromMinutes(5),
        Connections = 30,
    };

    /// <summary>API-host requests in any window of one second, per key and address. More gives "IP Locked".</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How long every API request is refused after the rate was exceeded.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a request made during the lock starts the lock anew.</summary>
    public bool LockExtends { get; init; }

    /// <summary>Shortest time between two listings of one folder, by file/ls and folder/ls together.</summary>
    public TimeSpan? FolderListingInterval { get; init; }

    /// <summary>Shortest time between two listings of the whole account (folder_id -1).</summary>
    public TimeSpan? WholeAccountInterval { get; init; }

    /// <summary>Shortest time between two user/info from one address.</summary>
    public TimeSpan? UserInfoPerAddress { get; init; }

    /// <summary>Shortest time between two user/info of one member.</summary>
    public TimeSpan? UserInfoPerUser { get; init; }

    /// <summary>How long an interval's violation locks the member out of the API; zero refuses that request alone.</summary>
    public TimeSpan UserLockDuration { get; init; } = TimeSpan.Zero;

    /// <summary>Downloads of one member at a time.</summary>
    public int? Connections { get; init; }

    /// <summary>Files in one upload.</summary>
    public int? FilesPerUpload { get; init; } = 500;

    /// <summary>Bytes in one upload.</summary>
    public long? BytesPerUpload { get; init; } = 500_000_000_000;

    /// <summary>Bytes in one file of a paying member; a free one gets a sixth of it, a guest a sixtieth.</summary>
    public long? BytesPerFile { get; init; } = 300_000_000_000;

    /// <summary>How long a download link may wait for its first request.</summary>
    public TimeSpan? TokenStart { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after its making a started download link may be resumed.</summary>
    public TimeSpan? TokenResume { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long end.pl remembers an upload.</summary>
    public TimeSpan? ReportLifetime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Files in one listing.</summary>
    public int ListingCap { get; init; } = 5000;

    /// <summary>Names and addresses in one batch call (rm, mv, cp, rename, chattr).</summary>
    public int? BatchSize { get; init; }

    /// <summary>Reads a preset: <c>none</c>, <c>rps</c> or <c>documented</c>.</summary>
    /// <exception cref="FormatException">The word is none of the three.</exception>
    public static SandboxLimits Parse(string preset) => preset switch
    {
        "none" => None,
        "rps" => Rps,
        "documented" => Documented,
        _ => throw new FormatException($"'{preset}' is no limits preset; there are none, rps and documented."),
    };

    internal void Validate()
    {
        foreach (var (name, value) in Numbers())
            Guard.That(value >= 0, $"{name} cannot be negative.");
        Guard.That(ListingCap >= 1, "ListingCap is at least 1.");
    }

    private IEnumerable<(string Name, double Value)> Numbers()
    {
        yield return (nameof(RequestsPerSecond), RequestsPerSecond ?? 0);
        yield return (nameof(LockDuration), LockDuration.TotalSeconds);
        yield return (nameof(FolderListingInterval), FolderListingInterval?.TotalSeconds ?? 0);
        yield return (nameof(WholeAccountInterval), WholeAccountInterval?.TotalSeconds ?? 0);
        yield return (nameof(UserInfoPerAddress), UserInfoPerAddress?.TotalSeconds ?? 0);
        yield return (nameof(UserInfoPerUser), UserInfoPerUser?.TotalSeconds ?? 0);
        yield return (nameof(UserLockDuration), UserLockDuration.TotalSeconds);
        yield return (nameof(Connections), Connections ?? 0);
        yield return (nameof(FilesPerUpload), FilesPerUpload ?? 0);
        yield return (nameof(BytesPerUpload), BytesPerUpload ?? 0);
        yield return (nameof(BytesPerFile), BytesPerFile ?? 0);
        yield return (nameof(TokenStart), TokenStart?.TotalSeconds ?? 0);
        yield return (nameof(TokenResume), TokenResume?.TotalSeconds ?? 0);
        yield return (nameof(ReportLifetime), ReportLifetime?.TotalSeconds ?? 0);
        yield return (nameof(BatchSize), BatchSize ?? 0);
    }
}

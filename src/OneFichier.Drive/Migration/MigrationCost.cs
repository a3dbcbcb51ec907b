namespace OneFichier.Drive.Migration;

/// <summary>What a migration costs at least: requests of the account's budget, and bytes through this machine.</summary>
public sealed record MigrationCost
{
    /// <summary>Folders to make, one request each.</summary>
    public int NewFolders { get; init; }

    /// <summary>Upload sessions.</summary>
    public int Sessions { get; init; }

    /// <summary>Copies on the service; a hundred that keep their names are one.</summary>
    public int Copies { get; init; }

    /// <summary>Remote uploads: a request for a hundred addresses, and at least one to ask how far they are.</summary>
    public int Fetches { get; init; }

    /// <summary>Listings that prove what came, one for each folder.</summary>
    public int Proofs { get; init; }

    /// <summary>Bytes that go through this machine.</summary>
    public long Carried { get; init; }

    /// <summary>All requests.</summary>
    public int Requests => NewFolders + Sessions + Copies + Fetches + Proofs;

    /// <summary>Counts.</summary>
    public static MigrationCost Of(MigrationHead head, IReadOnlyList<MigrationSlice> slices, int folders)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(slices);
        var requests = slices.ToLookup(s => s.Way, s => s.Requests);
        return new MigrationCost
        {
            NewFolders = head.NewFolders,
            Sessions = requests[MigrationWay.Carry].Sum(),
            Copies = requests[MigrationWay.Copy].Sum(),
            Fetches = requests[MigrationWay.Fetch].Sum() * 2,
            Proofs = folders,
            Carried = slices.Where(s => s.Way == MigrationWay.Carry).Sum(s => s.Bytes),
        };
    }

    /// <summary>The least time in which a budget allows so many requests; what the bytes take comes beside it.</summary>
    public TimeSpan LeastTime(double requestsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestsPerSecond);
        return TimeSpan.FromSeconds(Requests / requestsPerSecond);
    }
}

using OneFichier.Drive.Remote;

namespace OneFichier.Drive;

public sealed partial class RemoteTree
{
    /// <summary>
    /// Lists the folders whose listing is missing, doubtful or old, with the part of the request budget nobody else wants (<see cref="CallPriority.Spare"/>). What is done is
    /// in the store at once, so the next call goes on where this one ended, however it ended; and two at once share the work as long as they share the store. Each folder
    /// is asked for once at most. Nothing is forgotten because of a failure.
    /// </summary>
    /// <exception cref="PathNotFoundException">There is no folder to begin with.</exception>
    public Task<CrawlResult> CrawlAsync(CrawlOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CrawlOptions();
        options.Validate();
        var tree = new TreeContext(Client.WithPriority(CallPriority.Spare), _tree.Store, _tree.Options);
        return new Crawler(tree, options).RunAsync(cancellationToken);
    }
}

/// <summary>What a crawl does and where it stops.</summary>
public sealed record CrawlOptions
{
    /// <summary>The folder to begin with; default the whole account.</summary>
    public RemotePath Start { get; init; } = VolumePath.Root;

    /// <summary>Listings younger than this are left alone; default an hour. Zero lists everything anew.</summary>
    public TimeSpan OlderThan { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many requests to spend; default no limit. A folder that needs several for its listing gets them, so it may be a few more.</summary>
    public long MaxRequests { get; init; } = long.MaxValue;

    /// <summary>After how long no further folder is begun; default never.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.MaxValue;

    /// <summary>How many folders to ask for at once; default 2.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>Mixes the order among equally urgent folders, so that two crawls at once do not ask for the same; default a seed of this process.</summary>
    public int Seed { get; init; } = Environment.ProcessId;

    /// <summary>Told after each folder.</summary>
    public IProgress<CrawlProgress>? Progress { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(OlderThan, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRequests, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDuration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(AtOnce, 1);
    }
}

/// <summary>How far a crawl is.</summary>
/// <param name="Done">Folders listed.</param>
/// <param name="Failed">Folders that could not be listed; what was remembered of them stays.</param>
/// <param name="Left">Folders known to be due still, those that failed included. Grows as folders are found in folders.</param>
/// <param name="Requests">Requests spent.</param>
public sealed record CrawlProgress(int Done, int Failed, int Left, long Requests);

/// <summary>How a crawl ended.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="Progress">How far it came.</param>
/// <param name="Failure">The last failure, if there was any.</param>
public sealed record CrawlResult(CrawlEnd End, CrawlProgress Progress, FichierException? Failure);

/// <summary>Why a crawl ended.</summary>
public enum CrawlEnd
{
    /// <summary>Every folder that was due has been asked for.</summary>
    Finished,

    /// <summary>The limit of requests or time was reached.</summary>
    Limit,

    /// <summary>The service failed several times in a row.</summary>
    Failing,
}

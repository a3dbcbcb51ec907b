namespace OneFichier.Drive.Remote;

/// <summary>What every part of a tree needs.</summary>
internal sealed class TreeContext(FichierClient client, IListingStore store, RemoteTreeOptions options)
{
    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time = options.Time ?? client.Options.Time;

    private long _listings;

    /// <summary>How many requests were spent on listings.</summary>
    public long Listings => Interlocked.Read(ref _listings);

    public FichierClient Client => client;

    public IListingStore Store => store;

    public RemoteTreeOptions Options => options;

    public TimeProvider Time => _time;

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>How long own writes are believed: what was configured, or twice what was seen.</summary>
    public TimeSpan Lag
    {
        get
        {
            var learnt = 2 * store.ObservedLag;
            return learnt <= options.WriteLag ? options.WriteLag : learnt < LongestLag ? learnt : LongestLag;
        }
    }

    /// <summary>From when on a listing counts as fresh.</summary>
    public DateTimeOffset FreshFrom => options.FreshSince is { } since && since > Now - options.MaxAge ? since : Now - options.MaxAge;

    /// <summary>The age of a listing that proves absence; one made during the call always does.</summary>
    public DateTimeOffset ProofFrom(DateTimeOffset callStart) => callStart - options.ProofAge;

    /// <summary>The service refuses a remembered folder: its place is doubtful, and when it says that there is no such folder, it is gone from there.</summary>
    public void Lost(FolderId folder, FichierException refusal)
    {
        var parent = store.ParentOf(folder);
        if (refusal is FichierNotFoundException)
        {
            store.Forget(folder);
            if (parent is { } place)
                store.Apply([new OwnWrite.FolderGone(place, Now, folder)]);
        }

        if (parent is { } doubtful)
            store.Expire(doubtful);
    }

    public void CountListing() => Interlocked.Increment(ref _listings);

    public IEnumerable<T[]> Batches<T>(IEnumerable<T> items) => items.Chunk(options.BatchSize);
}

namespace OneFichier.Drive.Remote;

/// <summary>One crawl. What is left to do is never kept: the store knows.</summary>
internal sealed class Crawler(TreeContext tree, CrawlOptions options)
{
    private const int BatchSize = 64;
    private const int MostFailuresInARow = 3;

    private readonly FolderLister _lister = new(tree);
    private readonly Random _random = new(options.Seed);
    private readonly Lock _gate = new();
    private readonly HashSet<FolderId> _taken = [];
    private readonly DateTimeOffset _begin = tree.Now;
    private FolderId _start;
    private FichierException? _failure;
    private int _done;
    private int _failed;
    private int _failedInARow;
    private int _left;

    private DateTimeOffset ListedBefore => _begin - DateTimeOffset.MinValue < options.OlderThan ? DateTimeOffset.MinValue : _begin - options.OlderThan;

    private bool IsOverLimit => tree.Listings >= options.MaxRequests || tree.Now - _begin >= options.MaxDuration;

    private bool IsFailing => _failedInARow >= MostFailuresInARow;

    public async Task<CrawlResult> RunAsync(CancellationToken cancellationToken)
    {
        _start = await new PathFinder(tree, _lister).FolderAsync(options.Start, Refresh.WhenOld, cancellationToken);
        while (!IsOverLimit && !IsFailing && NextBatch() is [_, ..] batch)
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(batch, parallel, async (folder, token) => await VisitAsync(folder, token));
        }

        var left = tree.Store.Due(_start, ListedBefore, 1).Total;
        var end = IsFailing ? CrawlEnd.Failing : NextBatch().Length > 0 ? CrawlEnd.Limit : CrawlEnd.Finished;
        return new CrawlResult(end, new CrawlProgress(_done, _failed, left, tree.Listings), _failure);
    }

    /// <summary>The most urgent folders not asked for yet: those never listed, mixed, then the oldest, mixed.</summary>
    private FolderId[] NextBatch()
    {
        var due = tree.Store.Due(_start, ListedBefore, BatchSize + _taken.Count);
        _left = due.Total;
        var batch = due.First.Where(f => !_taken.Contains(f)).Take(BatchSize).ToLookup(f => tree.Store.StateOf(f) is null);
        return [.. Mixed(batch[true]), .. Mixed(batch[false])];
    }

    private FolderId[] Mixed(IEnumerable<FolderId> folders)
    {
        FolderId[] mixed = [.. folders];
        _random.Shuffle(mixed);
        return mixed;
    }

    private async Task VisitAsync(FolderId folder, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (IsOverLimit || IsFailing || !_taken.Add(folder))
                return;
        }

        var outcome = await ListAsync(folder, cancellationToken);
        lock (_gate)
        {
            _failure = outcome ?? _failure;
            (_failedInARow, _failed, _done) = outcome is null ? (0, _failed, _done + 1) : (_failedInARow + 1, _failed + 1, _done);
            _left -= outcome is null ? 1 : 0;
            options.Progress?.Report(new CrawlProgress(_done, _failed, Math.Max(_left, 0), tree.Listings));
        }
    }

    /// <summary>Lists a folder unless somebody else just did.</summary>
    /// <returns>Why it could not be listed. A folder that vanished counts as listed.</returns>
    private async Task<FichierException?> ListAsync(FolderId folder, CancellationToken cancellationToken)
    {
        try
        {
            return (await _lister.EnsureAsync(folder, ListedBefore, cancellationToken)).Failure;
        }
        catch (FolderGoneException e)
        {
            return e.Cause is FichierNotFoundException ? null : e.Cause;
        }
        catch (FichierException e) when (e.IsTransient)
        {
            return e;
        }
    }
}

namespace OneFichier.Drive.Remote;

/// <summary>What is held of a folder after an attempt to make it fresh.</summary>
/// <param name="State">The listing in the store.</param>
/// <param name="Failure">Why it is not as fresh as it should be.</param>
/// <param name="Said">What the service itself said, own writes left aside, when it was asked.</param>
internal readonly record struct Held(ListingState State, FichierException? Failure, FolderSnapshot? Said = null)
{
    public Held OrThrow() => Failure is null ? this : throw Failure;

    public FolderSnapshot SaidOrThrow() => OrThrow().Said!;
}

/// <summary>A remembered folder that the service no longer lets anybody list. What led to it has been marked as doubtful.</summary>
internal sealed class FolderGoneException(FolderId folder, FichierException cause) : Exception(cause.Message, cause)
{
    public FolderId Folder => folder;

    public FichierException Cause => cause;
}

/// <summary>Keeps listings fresh: one request for a folder, whoever asks and however many.</summary>
internal sealed class FolderLister(TreeContext tree)
{
    private readonly SingleFlight<FolderId, Held> _flights = new();
    private readonly ListingWindows _windows = new(tree);

    /// <summary>Makes sure that the store holds a listing of the folder from <paramref name="notBefore"/> or later, or says why not.</summary>
    /// <exception cref="FolderGoneException">The service knows no such folder.</exception>
    public async Task<Held> EnsureAsync(FolderId folder, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        for (var flights = 0; ; flights++)
        {
            if (tree.Store.StateOf(folder) is { } state && (flights == 2 || IsFresh(state, notBefore)))
                return new Held(state, null);
            var held = await _flights.RunAsync(folder, token => FetchAsync(folder, token), cancellationToken);
            if (held.Failure is not null)
                return held;
        }
    }

    /// <summary>Asks the service now, whatever is held: a request that was under way before is waited for and not believed.</summary>
    /// <exception cref="FolderGoneException">The service knows no such folder.</exception>
    public async Task<Held> AskAsync(FolderId folder, CancellationToken cancellationToken)
    {
        for (var flights = 0; ; flights++)
        {
            var mine = false;
            var held = await _flights.RunAsync(
                folder,
                token =>
                {
                    mine = true;
                    return FetchAsync(folder, token);
                },
                cancellationToken);
            if (mine || flights > 0)
                return held;
        }
    }

    /// <summary>Makes sure that the store holds a listing as fresh as a caller wishes.</summary>
    /// <exception cref="FolderGoneException">The service knows no such folder.</exception>
    public Task<Held> RefreshAsync(FolderId folder, Refresh refresh, CancellationToken cancellationToken) => refresh switch
    {
        Refresh.Always => AskAsync(folder, cancellationToken),
        Refresh.Never => EnsureAsync(folder, DateTimeOffset.MinValue, cancellationToken),
        _ => EnsureAsync(folder, tree.FreshFrom, cancellationToken),
    };

    /// <summary>Asks the folders of files anew, and tells which of the files are there.</summary>
    public async Task<List<Placed>> StillListedAsync(Placed[] batch, CancellationToken cancellationToken)
    {
        var left = new List<Placed>();
        foreach (var group in batch.GroupBy(f => f.Parent))
        {
            try
            {
                (await AskAsync(group.Key, cancellationToken)).OrThrow();
                var listed = tree.Store.Read(group.Key)?.Files.Select(f => f.Link.Id).ToHashSet(StringComparer.Ordinal) ?? [];
                left.AddRange(group.Where(f => listed.Contains(f.File.Link.Id)));
            }
            catch (FolderGoneException e) when (e.Cause is FichierNotFoundException)
            {
                continue;
            }
        }

        return left;
    }

    private bool IsFresh(ListingState state, DateTimeOffset notBefore) =>
        (notBefore == DateTimeOffset.MinValue || (!state.Expired && state.ListedAt <= tree.Now)) && state.ListedAt >= notBefore;

    private async Task<Held> FetchAsync(FolderId folder, CancellationToken cancellationToken)
    {
        var asked = tree.Now;
        try
        {
            tree.CountListing();
            var listing = await tree.Client.Folders.ListAsync(folder, files: true, cancellationToken: cancellationToken);
            if (listing.Id != folder)
                throw new FichierNotFoundException($"Asked for folder {folder}, the service listed {listing.Id}.");
            var (files, complete) = await _windows.CompleteAsync(listing, cancellationToken);
            var said = new FolderSnapshot(folder, asked, listing.Folders, [.. files.Select(f => new ListedFile(f))], complete);
            tree.Store.Put(said, tree.Lag);
            return new Held(tree.Store.StateOf(folder) ?? new ListingState(asked, complete, Expired: false), null, said);
        }
        catch (FichierException e) when (e.IsTransient && tree.Store.StateOf(folder) is not null)
        {
            return new Held(tree.Store.StateOf(folder)!, e);
        }
        catch (FichierException e) when (Unanswered.IsRefusal(e) && folder != FolderId.Root)
        {
            var refusal = await IsMissingAboveAsync(folder, e, cancellationToken) ? new FichierNotFoundException(e.Message, e) : e;
            tree.Lost(folder, refusal);
            throw new FolderGoneException(folder, refusal);
        }
    }

    /// <summary>A refusal in words nobody knows: whether the folder is gone is seen one floor up.</summary>
    private async Task<bool> IsMissingAboveAsync(FolderId folder, FichierException refusal, CancellationToken cancellationToken)
    {
        if (refusal is not FichierRejectedException || tree.Store.ParentOf(folder) is not { } parent)
            return false;
        try
        {
            tree.CountListing();
            var above = await tree.Client.Folders.ListAsync(parent, files: true, cancellationToken: cancellationToken);
            return above.Id == parent && above.Folders.All(f => f.Id != folder);
        }
        catch (FichierException e) when (Unanswered.IsRefusal(e) || e.IsTransient)
        {
            return false;
        }
    }
}

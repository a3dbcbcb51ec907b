namespace OneFichier.Drive.Remote;

/// <summary>What is held of a folder after an attempt to make it fresh.</summary>
/// <param name="State">The listing in the store.</param>
/// <param name="Failure">Why it is not as fresh as it should be.</param>
internal readonly record struct Held(ListingState State, FichierException? Failure)
{
    public Held OrThrow() => Failure is null ? this : throw Failure;
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
            if (tree.Store.StateOf(folder) is { } state && ((!state.Expired && state.ListedAt >= notBefore) || flights == 3))
                return new Held(state, null);
            var held = await _flights.RunAsync(folder, token => FetchAsync(folder, token), cancellationToken);
            if (held.Failure is not null)
                return held;
        }
    }

    private async Task<Held> FetchAsync(FolderId folder, CancellationToken cancellationToken)
    {
        var asked = tree.Now;
        try
        {
            var listing = await tree.Client.Folders.ListAsync(folder, files: true, cancellationToken: cancellationToken);
            if (listing.Id != folder)
                throw new FichierNotFoundException($"Asked for folder {folder}, the service listed {listing.Id}.");
            var (files, complete) = await _windows.CompleteAsync(listing, cancellationToken);
            tree.Store.Put(new FolderSnapshot(folder, asked, listing.Folders, [.. files.Select(f => new ListedFile(f))], complete), tree.Lag);
            return new Held(tree.Store.StateOf(folder) ?? new ListingState(asked, complete, Expired: false), null);
        }
        catch (FichierException e) when (e.IsTransient && tree.Store.StateOf(folder) is not null)
        {
            return new Held(tree.Store.StateOf(folder)!, e);
        }
        catch (FichierException e) when (Unanswered.IsRefusal(e) && folder != FolderId.Root)
        {
            if (e is FichierNotFoundException)
                tree.Store.Forget(folder);
            if (tree.Store.ParentOf(folder) is { } parent)
                tree.Store.Expire(parent);
            throw new FolderGoneException(folder, e);
        }
    }
}

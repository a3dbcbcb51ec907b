namespace OneFichier.Drive.Remote;

/// <summary>
/// A change on the service and what is remembered of it. From before the request until its outcome is remembered the folders it touches count as doubtful, so that a process that dies in between
/// leaves no false memory: whoever looks next asks the service.
/// </summary>
internal sealed class Doubt
{
    private readonly IListingStore _store;
    private readonly List<(FolderId Folder, DateTimeOffset ListedAt)> _sure = [];

    private Doubt(IListingStore store, IEnumerable<FolderId> folders)
    {
        _store = store;
        foreach (var folder in folders.Distinct())
        {
            if (store.StateOf(folder) is not { Expired: false } state)
                continue;
            _sure.Add((folder, state.ListedAt));
            store.Expire(folder);
        }
    }

    /// <param name="store">The memory.</param>
    /// <param name="folders">What the change touches.</param>
    /// <param name="act">The request.</param>
    /// <param name="remember">Takes the outcome down, and tells whether it accounts for everything; otherwise the folders stay doubtful.</param>
    public static async Task<T> DuringAsync<T>(IListingStore store, IEnumerable<FolderId> folders, Func<Task<T>> act, Func<T, bool> remember)
    {
        var doubt = new Doubt(store, folders);
        try
        {
            var outcome = await act();
            if (remember(outcome))
                doubt.End();
            return outcome;
        }
        catch (FichierException e) when (!Unanswered.MayHaveHappened(e))
        {
            doubt.End();
            throw;
        }
    }

    private void End()
    {
        foreach (var (folder, listedAt) in _sure)
            _store.Vouch(folder, listedAt);
    }
}

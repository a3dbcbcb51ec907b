namespace OneFichier.Drive.Remote;

/// <summary>Removes empty folders, and whole trees of them.</summary>
internal sealed class FolderRemover(TreeContext tree, FolderLister lister, PathFinder finder, FileRemover files)
{
    private const int Rounds = 3;

    /// <summary>Removes a folder that is proven to be empty: it is not known whether the service would refuse to remove a full one.</summary>
    public async Task RemoveEmptyAsync(RemotePath path, CancellationToken cancellationToken)
    {
        var since = tree.Now;
        var folder = await PathFinder.RetryingAsync(path, async () =>
        {
            var at = await finder.FolderAsync(path, Refresh.WhenOld, cancellationToken);
            (await lister.EnsureAsync(at, tree.ProofFrom(since), cancellationToken)).OrThrow();
            return at;
        });
        if (tree.Store.Read(folder) is { Complete: false } or { Folders.Count: > 0 } or { Files.Count: > 0 })
            throw new FolderNotEmptyException(path);
        if (!await TryRemoveAsync(folder, cancellationToken))
            throw new FolderNotEmptyException(path);
    }

    /// <summary>Removes everything in a folder and, unless it is the root, the folder. What somebody puts there meanwhile goes too.</summary>
    public async Task PurgeAsync(RemotePath path, CancellationToken cancellationToken)
    {
        var top = await finder.FolderAsync(path, Refresh.WhenOld, cancellationToken);
        var doubtful = false;
        for (var round = 1; ; round++)
        {
            var folders = await EmptyAsync(top, doubtful, cancellationToken);
            var refused = false;
            foreach (var folder in Enumerable.Reverse(folders).Where(f => f != FolderId.Root))
                refused = !await TryRemoveAsync(folder, cancellationToken) || refused;
            if (!refused)
                return;
            if (round == Rounds)
                throw new FolderNotEmptyException(path);
            doubtful = true;
        }
    }

    /// <summary>Removes the files below a folder, in batches across folders.</summary>
    /// <returns>The folders, each before those in it.</returns>
    private async Task<List<FolderId>> EmptyAsync(FolderId top, bool doubtful, CancellationToken cancellationToken)
    {
        var refresh = doubtful ? Refresh.Always : Refresh.WhenOld;
        var order = new List<FolderId>();
        var open = new Stack<FolderId>([top]);
        var waiting = new List<Placed>();
        while (open.TryPop(out var folder))
        {
            if (await ReadAsync(folder, refresh, cancellationToken) is not { } content)
                continue;
            order.Add(folder);
            waiting.AddRange(content.Files.Select(f => new Placed(folder, f)));
            foreach (var child in content.Folders)
                open.Push(child.Id);
            var full = waiting.Count - (waiting.Count % tree.Options.BatchSize);
            await files.RemoveAsync(waiting.Take(full), cancellationToken);
            waiting.RemoveRange(0, full);
        }

        await files.RemoveAsync(waiting, cancellationToken);
        return order;
    }

    private async Task<FolderSnapshot?> ReadAsync(FolderId folder, Refresh refresh, CancellationToken cancellationToken)
    {
        try
        {
            (await lister.RefreshAsync(folder, refresh, cancellationToken)).OrThrow();
            return tree.Store.Read(folder);
        }
        catch (FolderGoneException e) when (e.Cause is FichierNotFoundException)
        {
            Remember(folder);
            return null;
        }
        catch (FolderGoneException e)
        {
            throw e.Cause;
        }
    }

    /// <summary>Removes a folder.</summary>
    /// <returns>False when the service refuses: there is something in it.</returns>
    private async Task<bool> TryRemoveAsync(FolderId folder, CancellationToken cancellationToken)
    {
        try
        {
            await Doubt.DuringAsync(tree.Store, tree.Store.ParentOf(folder) is { } parent ? [folder, parent] : [folder], () => AskAsync(folder, cancellationToken), _ => Remember(folder));
            return true;
        }
        catch (FichierRejectedException)
        {
            return await VanishedAsync(folder, cancellationToken);
        }
        catch (FichierException e) when (Unanswered.MayHaveHappened(e))
        {
            if (!await VanishedAsync(folder, cancellationToken))
                throw;
        }

        Remember(folder);
        return true;
    }

    private async Task<bool> AskAsync(FolderId folder, CancellationToken cancellationToken)
    {
        try
        {
            await tree.Client.Folders.RemoveAsync(folder, cancellationToken);
        }
        catch (FichierNotFoundException)
        {
            // Somebody else removed it, or the answer to an earlier attempt was lost.
        }

        return true;
    }

    /// <summary>Asks the service for the folder itself, which proves more than the listing of its parent, and costs the same.</summary>
    private async Task<bool> VanishedAsync(FolderId folder, CancellationToken cancellationToken)
    {
        try
        {
            (await lister.AskAsync(folder, cancellationToken)).OrThrow();
            return false;
        }
        catch (FolderGoneException e) when (e.Cause is FichierNotFoundException)
        {
            Remember(folder);
            return true;
        }
        catch (FolderGoneException e)
        {
            throw e.Cause;
        }
    }

    private bool Remember(FolderId folder)
    {
        if (tree.Store.ParentOf(folder) is { } parent)
            tree.Store.Apply([new OwnWrite.FolderGone(parent, tree.Now, folder)]);
        tree.Store.Forget(folder);
        return true;
    }
}

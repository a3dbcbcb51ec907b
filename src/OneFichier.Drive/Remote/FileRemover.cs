namespace OneFichier.Drive.Remote;

/// <summary>Removes files by the batch and finds out what became of those the service does not account for.</summary>
internal sealed class FileRemover(TreeContext tree, FolderLister lister)
{
    public async Task RemoveAsync(IEnumerable<Placed> files, CancellationToken cancellationToken)
    {
        foreach (var batch in tree.Batches(files.DistinctBy(f => f.File.Link.Id)))
            await RemoveBatchAsync(batch, cancellationToken);
    }

    private async Task RemoveBatchAsync(Placed[] batch, CancellationToken cancellationToken)
    {
        if (await TryAsync(batch, removed => removed == batch.Length || batch.Length == 1, cancellationToken))
            return;
        var left = await lister.StillListedAsync(batch, cancellationToken);
        Remember(batch.Except(left));
        if (left.Count > 0)
            await RemoveLeftAsync([.. left], cancellationToken);
    }

    /// <summary>What is listed and yet not removed: a listing that lags, or files kept for the sake of one that is gone. Halving finds those in few requests.</summary>
    private async Task RemoveLeftAsync(Placed[] left, CancellationToken cancellationToken)
    {
        if (await TryAsync(left, removed => removed > 0 || left.Length == 1, cancellationToken))
            return;
        await RemoveLeftAsync(left[..(left.Length / 2)], cancellationToken);
        await RemoveLeftAsync(left[(left.Length / 2)..], cancellationToken);
    }

    /// <summary>One request. What the service does not find is gone, which is what was wanted; in a batch it may have kept the others for it.</summary>
    /// <returns>Whether the batch is settled, so that it was taken down as removed.</returns>
    private async Task<bool> TryAsync(Placed[] batch, Predicate<int> settles, CancellationToken cancellationToken)
    {
        var removed = await Doubt.DuringAsync(tree.Store, batch.Select(f => f.Parent), () => AskAsync(batch, cancellationToken), count =>
        {
            if (settles(count))
                Remember(batch);
            return settles(count);
        });
        return settles(removed);
    }

    private async Task<int> AskAsync(Placed[] batch, CancellationToken cancellationToken)
    {
        try
        {
            return await tree.Client.Files.RemoveAsync([.. batch.Select(f => f.File.Link)], cancellationToken);
        }
        catch (FichierNotFoundException)
        {
            return 0;
        }
    }

    private void Remember(IEnumerable<Placed> removed)
    {
        var now = tree.Now;
        tree.Store.Apply([.. removed.Select(f => new OwnWrite.FileGone(f.Parent, now, f.File))]);
    }
}

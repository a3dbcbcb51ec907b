namespace OneFichier.Drive.Remote;

/// <summary>A file and the folder it lies in.</summary>
internal readonly record struct Placed(FolderId Parent, ListedFile File)
{
    public static Placed[] Of(IEnumerable<RemoteEntry> entries) =>
        [.. entries.Select(e => new Placed(e.Parent, e.File ?? throw new ArgumentException($"'{e.Path}' is a folder; a file is expected here.")))];
}

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
        var removed = await TryAsync(batch, cancellationToken);
        var left = removed == batch.Length || batch.Length == 1 ? [] : await StillListedAsync(batch, cancellationToken);
        Remember(batch.Except(left));
        if (left.Count > 0)
            await RemoveLeftAsync([.. left], cancellationToken);
    }

    /// <summary>What is listed and yet not removed: a listing that lags, or files kept for the sake of one that is gone. Halving finds those in few requests.</summary>
    private async Task RemoveLeftAsync(Placed[] left, CancellationToken cancellationToken)
    {
        if (await TryAsync(left, cancellationToken) > 0 || left.Length == 1)
        {
            Remember(left);
            return;
        }

        await RemoveLeftAsync(left[..(left.Length / 2)], cancellationToken);
        await RemoveLeftAsync(left[(left.Length / 2)..], cancellationToken);
    }

    /// <summary>One request. What the service does not find is gone, which is what was wanted; in a batch it may have kept the others for it.</summary>
    private async Task<int> TryAsync(Placed[] batch, CancellationToken cancellationToken)
    {
        try
        {
            return await tree.Client.Files.RemoveAsync([.. batch.Select(f => f.File.Link)], cancellationToken);
        }
        catch (FichierNotFoundException)
        {
            return 0;
        }
        catch (FichierException e) when (Unanswered.MayHaveHappened(e))
        {
            foreach (var parent in batch.Select(f => f.Parent).Distinct())
                tree.Store.Expire(parent);
            throw;
        }
    }

    private async Task<List<Placed>> StillListedAsync(Placed[] batch, CancellationToken cancellationToken)
    {
        var left = new List<Placed>();
        foreach (var group in batch.GroupBy(f => f.Parent))
        {
            try
            {
                (await lister.AskAsync(group.Key, cancellationToken)).OrThrow();
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

    private void Remember(IEnumerable<Placed> removed)
    {
        var now = tree.Now;
        tree.Store.Apply([.. removed.Select(f => new OwnWrite.FileGone(f.Parent, now, f.File))]);
    }
}

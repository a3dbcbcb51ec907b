using OneFichier.Names;

namespace OneFichier.Drive.Remote;

/// <summary>Moves and renames files on the service.</summary>
internal sealed class FileMover(TreeContext tree, FolderLister lister)
{
    /// <summary>Moves files under their names; those that lie there already stay.</summary>
    /// <returns>The files that were not there to be moved.</returns>
    public async Task<IReadOnlyList<Placed>> MoveAsync(IEnumerable<Placed> files, FolderId destination, CancellationToken cancellationToken)
    {
        var missing = new List<Placed>();
        foreach (var batch in tree.Batches(files.Where(f => f.Parent != destination)))
            missing.AddRange(await MoveBatchAsync(batch, destination, null, looked: false, cancellationToken));
        return missing;
    }

    /// <summary>Gives one file another folder, another name, or both, in one request.</summary>
    /// <returns>False when the file was not there.</returns>
    public async Task<bool> PlaceAsync(Placed file, FolderId destination, string name, CancellationToken cancellationToken)
    {
        ServiceName.ThrowIfTooLong(name);
        if (file.Parent == destination)
            return file.File.Name == name || await RenameAsync(file, name, cancellationToken);
        var rename = file.File.Name == name ? null : name;
        return (await MoveBatchAsync([file], destination, rename, looked: false, cancellationToken)).Count == 0;
    }

    /// <summary>Renames files of one folder, each batch in one request. Where one keeps the others back, listing the folder tells what was done, and the rest goes one by one.</summary>
    /// <returns>The files that were not there to be renamed.</returns>
    public async Task<IReadOnlyList<Placed>> RenameAsync(IEnumerable<(Placed File, string Name)> renames, CancellationToken cancellationToken)
    {
        var missing = new List<Placed>();
        foreach (var batch in tree.Batches(renames.Where(r => r.File.File.Name != r.Name)))
        {
            if (!await TryRenameAsync(batch, cancellationToken))
                missing.AddRange(await RenameThoseLeftAsync(batch, cancellationToken));
        }

        return missing;
    }

    private async Task<bool> TryRenameAsync((Placed File, string Name)[] batch, CancellationToken cancellationToken)
    {
        try
        {
            return await RenameOnceAsync(batch, cancellationToken) == batch.Length;
        }
        catch (FichierException e) when (Unanswered.IsRefusal(e) || Unanswered.MayHaveHappened(e))
        {
            return false;
        }
    }

    private Task<int> RenameOnceAsync((Placed File, string Name)[] batch, CancellationToken cancellationToken) => Doubt.DuringAsync(
        tree.Store,
        batch.Select(r => r.File.Parent),
        () => tree.Client.Files.RenameAsync([.. batch.Select(r => new FileRename(r.File.File.Link, r.Name))], cancellationToken),
        renamed =>
        {
            if (renamed == batch.Length)
                batch.ToList().ForEach(r => Remember([r.File], r.File.Parent, r.Name));
            return renamed == batch.Length;
        });

    private async Task<IReadOnlyList<Placed>> RenameThoseLeftAsync((Placed File, string Name)[] batch, CancellationToken cancellationToken)
    {
        var said = (await lister.AskAsync(batch[0].File.Parent, cancellationToken)).SaidOrThrow();
        var names = said.Files.ToDictionary(f => f.Link.Id, f => f.Name);
        var missing = new List<Placed>();
        foreach (var (file, name) in batch)
        {
            if (names.GetValueOrDefault(file.File.Link.Id) == name)
                Remember([file], file.Parent, name);
            else if (!await RenameAsync(file, name, cancellationToken))
                missing.Add(file);
        }

        return missing;
    }

    private async Task<bool> RenameAsync(Placed file, string name, CancellationToken cancellationToken)
    {
        try
        {
            await RenameOnceAsync([(file, name)], cancellationToken);
        }
        catch (FichierNotFoundException)
        {
            tree.Store.Expire(file.Parent);
            return false;
        }
        catch (FichierException e) when (e is FichierRejectedException || Unanswered.MayHaveHappened(e))
        {
            if (await ListedNameAsync(file, cancellationToken) != name)
                throw;
        }

        Remember([file], file.Parent, name);
        return true;
    }

    private async Task<IReadOnlyList<Placed>> MoveBatchAsync(Placed[] batch, FolderId destination, string? rename, bool looked, CancellationToken cancellationToken)
    {
        HashSet<string> moved;
        try
        {
            moved = await MoveOnceAsync(batch, destination, rename, cancellationToken);
        }
        catch (FichierNotFoundException)
        {
            return await MoveThoseLeftAsync(batch, destination, rename, looked, cancellationToken);
        }
        catch (FichierException e) when (Unanswered.MayHaveHappened(e))
        {
            moved = await ArrivedAsync(batch, destination, cancellationToken);
            if (moved.Count < batch.Length)
                throw;
            Remember([.. batch.Where(f => moved.Contains(f.File.Link.Id))], destination, rename);
        }

        return Missing(batch.Where(f => !moved.Contains(f.File.Link.Id)));
    }

    private Task<HashSet<string>> MoveOnceAsync(Placed[] batch, FolderId destination, string? rename, CancellationToken cancellationToken) => Doubt.DuringAsync(
        tree.Store,
        batch.Select(f => f.Parent).Append(destination),
        async () =>
        {
            var links = await tree.Client.Files.MoveAsync([.. batch.Select(f => f.File.Link)], destination, rename, cancellationToken: cancellationToken);
            return links.Select(l => l.Id).ToHashSet(StringComparer.Ordinal);
        },
        moved =>
        {
            Remember([.. batch.Where(f => moved.Contains(f.File.Link.Id))], destination, rename);
            return true;
        });

    /// <summary>One that is gone may have kept the whole batch back: listings tell which, and where they lag, halving does.</summary>
    private async Task<IReadOnlyList<Placed>> MoveThoseLeftAsync(Placed[] batch, FolderId destination, string? rename, bool looked, CancellationToken cancellationToken)
    {
        (await lister.EnsureAsync(destination, tree.ProofFrom(tree.Now), cancellationToken)).OrThrow();
        if (batch.Length == 1)
            return Missing(batch);
        Placed[] left = looked ? batch : [.. await lister.StillListedAsync(batch, cancellationToken)];
        if (left.Length < batch.Length)
        {
            var gone = Missing(batch.Except(left));
            return left.Length == 0 ? gone : [.. gone, .. await MoveBatchAsync(left, destination, rename, looked: true, cancellationToken)];
        }

        var half = batch.Length / 2;
        var first = await MoveBatchAsync(batch[..half], destination, rename, looked: true, cancellationToken);
        return [.. first, .. await MoveBatchAsync(batch[half..], destination, rename, looked: true, cancellationToken)];
    }

    private async Task<HashSet<string>> ArrivedAsync(Placed[] batch, FolderId destination, CancellationToken cancellationToken)
    {
        foreach (var parent in batch.Select(f => f.Parent).Distinct())
            tree.Store.Expire(parent);
        var said = (await lister.AskAsync(destination, cancellationToken)).SaidOrThrow();
        var there = said.Files.Select(f => f.Link.Id).ToHashSet(StringComparer.Ordinal);
        return [.. batch.Select(f => f.File.Link.Id).Where(there.Contains)];
    }

    private async Task<string?> ListedNameAsync(Placed file, CancellationToken cancellationToken)
    {
        var said = (await lister.AskAsync(file.Parent, cancellationToken)).SaidOrThrow();
        return said.Files.FirstOrDefault(f => f.Link.Id == file.File.Link.Id)?.Name;
    }

    private List<Placed> Missing(IEnumerable<Placed> files)
    {
        var missing = files.ToList();
        foreach (var parent in missing.Select(f => f.Parent).Distinct())
            tree.Store.Expire(parent);
        return missing;
    }

    private void Remember(IReadOnlyCollection<Placed> files, FolderId destination, string? name)
    {
        var now = tree.Now;
        tree.Store.Apply(
        [
            .. files.Select(f => new OwnWrite.FileGone(f.Parent, now, f.File)),
            .. files.Select(f => new OwnWrite.FileShown(destination, now, Renamed(f.File, name))),
        ]);
    }

    private static ListedFile Renamed(ListedFile file, string? name) =>
        name is null ? file : file with { Name = name, StoredName = ServiceName.Encode(name) };
}

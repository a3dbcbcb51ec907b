namespace OneFichier.Drive.Remote;

/// <summary>Looks before something is put under a name, and decides about what is there.</summary>
internal sealed class ClashGuard(TreeContext tree, FolderLister lister, FileRemover remover)
{
    /// <summary>Finds the files that would share their name with a newcomer.</summary>
    /// <returns>Those to remove once the newcomers have come.</returns>
    /// <exception cref="NameTakenException">One of them may not be replaced.</exception>
    public async Task<IReadOnlyList<Placed>> FilesInTheWayAsync(
        RemotePath folder, FolderId number, IReadOnlyCollection<RemoteFile> newcomers, NameClash clash, CancellationToken cancellationToken)
    {
        if (clash == NameClash.KeepBoth)
            return [];
        (await lister.EnsureAsync(number, tree.ProofFrom(tree.Now), cancellationToken)).OrThrow();
        var coming = newcomers.Select(f => f.Link.Id).ToHashSet(StringComparer.Ordinal);
        var inTheWay = new List<Placed>();
        foreach (var group in newcomers.GroupBy(f => f.Name))
        {
            var there = tree.Store.FilesNamed(number, group.Key).Where(f => !coming.Contains(f.Link.Id)).ToList();
            var refused = clash == NameClash.Refuse && (there.Count > 0 || group.Count() > 1);
            if (refused || tree.Store.FoldersNamed(number, group.Key).Count > 0)
                throw new NameTakenException(folder.Combine(PathNames.ToSegment(group.Key)));
            inTheWay.AddRange(there.Select(f => new Placed(number, f)));
        }

        return inTheWay;
    }

    /// <summary>Tells the files to copy that lie in the folder already, under the very name their copies would get, and the newer ones that hide them there.</summary>
    /// <exception cref="NameTakenException">There are some, and nothing may be replaced.</exception>
    public async Task<(HashSet<string> There, IReadOnlyList<Placed> Hiding)> ThereAlreadyAsync(
        RemotePath folder, FolderId number, IReadOnlyCollection<RemoteFile> originals, NameClash clash, CancellationToken cancellationToken)
    {
        if (clash == NameClash.KeepBoth)
            return ([], []);
        (await lister.EnsureAsync(number, tree.ProofFrom(tree.Now), cancellationToken)).OrThrow();
        var there = originals.Where(o => tree.Store.FilesNamed(number, o.Name).Any(f => f.Link.Id == o.Link.Id)).ToList();
        if (there.Count > 0 && clash == NameClash.Refuse)
            throw new NameTakenException(folder.Combine(PathNames.ToSegment(there[0].Name)));
        var links = there.Select(f => f.Link.Id).ToHashSet(StringComparer.Ordinal);
        var hiding = there.SelectMany(o => tree.Store.FilesNamed(number, o.Name).TakeWhile(f => f.Link.Id != o.Link.Id)).Where(f => !links.Contains(f.Link.Id));
        return (links, [.. hiding.Select(f => new Placed(number, f))]);
    }

    /// <summary>Finds the folder that has the name another is to get.</summary>
    /// <returns>An empty one to remove first, if there is one.</returns>
    /// <exception cref="NameTakenException">What is there may not be replaced.</exception>
    public async Task<RemoteFolder?> FolderInTheWayAsync(RemotePath path, FolderId parent, FolderId newcomer, NameClash clash, CancellationToken cancellationToken)
    {
        (await lister.EnsureAsync(parent, tree.ProofFrom(tree.Now), cancellationToken)).OrThrow();
        var name = PathNames.ToName(path.Path.Name);
        var there = tree.Store.FoldersNamed(parent, name).FirstOrDefault(f => f.Id != newcomer);
        if (tree.Store.FilesNamed(parent, name).Count > 0 || (there is not null && clash != NameClash.Replace))
            throw new NameTakenException(path);
        return there;
    }

    /// <summary>
    /// The newcomers come first and the old of their names go after, so that at every moment one of them is there; only a service that refuses a taken name is served
    /// the other way round.
    /// </summary>
    /// <param name="inTheWay">The old files.</param>
    /// <param name="bring">Brings the newcomers.</param>
    /// <param name="came">The names of those that came.</param>
    /// <param name="cancellationToken">Ends the call between two requests.</param>
    public async Task<T> ReplaceAsync<T>(IReadOnlyList<Placed> inTheWay, Func<Task<T>> bring, Func<T, IEnumerable<string>> came, CancellationToken cancellationToken)
    {
        T result;
        try
        {
            result = await bring();
        }
        catch (FichierRejectedException e) when (inTheWay.Count > 0 && IsTaken(e))
        {
            await remover.RemoveAsync(inTheWay, cancellationToken);
            return await bring();
        }

        var names = came(result).ToHashSet(StringComparer.Ordinal);
        await remover.RemoveAsync(inTheWay.Where(f => names.Contains(f.File.Name)), cancellationToken);
        return result;
    }

    /// <summary>The names of the files that have a copy.</summary>
    public static IEnumerable<string> Came(IEnumerable<RemoteFile> files, IReadOnlyList<FileCopy> copies)
    {
        var copied = copies.Select(c => c.From.Id).ToHashSet(StringComparer.Ordinal);
        return files.Where(f => copied.Contains(f.Link.Id)).Select(f => f.Name);
    }

    private static bool IsTaken(FichierRejectedException e) => e.ServiceText?.Contains("another file", StringComparison.OrdinalIgnoreCase) == true;
}

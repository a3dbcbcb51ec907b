namespace OneFichier.Drive.Remote;

/// <summary>What a name in a folder stands for.</summary>
internal sealed record Found(RemotePath Path, FolderId Parent, IReadOnlyList<RemoteFolder> Folders, IReadOnlyList<ListedFile> Files)
{
    public IEnumerable<RemoteEntry> Entries =>
        Folders.Select(f => new RemoteEntry(Path, Parent, f)).Concat(Files.Select(f => new RemoteEntry(Path, Parent, f)));
}

/// <summary>Walks from folder to folder by name, through the store where it is fresh enough.</summary>
internal sealed class PathFinder(TreeContext tree, FolderLister lister)
{
    /// <summary>Finds what is at a path; <see langword="null"/> when the folder it would be in does not exist.</summary>
    public Task<Found?> FindAsync(RemotePath path, Refresh refresh, CancellationToken cancellationToken)
    {
        var since = tree.Now;
        return path.Path.IsRoot
            ? Task.FromResult<Found?>(StartOf(path))
            : RetryingAsync(path, async () =>
            {
                var parent = await DescendAsync(path.Parent, since, refresh, cancellationToken);
                return parent is { } folder ? await LookAsync(folder, path, since, refresh, cancellationToken) : null;
            });
    }

    /// <summary>The number of the folder at a path.</summary>
    /// <exception cref="PathNotFoundException">There is none.</exception>
    public async Task<FolderId> FolderAsync(RemotePath path, Refresh refresh, CancellationToken cancellationToken)
    {
        var since = tree.Now;
        return await RetryingAsync(path, () => DescendAsync(path, since, refresh, cancellationToken))
            ?? throw new PathNotFoundException(path, EntryKind.Folder);
    }

    /// <summary>The number of the folder of that name in a folder, which is proven to be missing before that is said.</summary>
    public async Task<FolderId?> ChildAsync(FolderId parent, string segment, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var name = PathNames.ToName(segment);
        var held = await lister.RefreshAsync(parent, Refresh.WhenOld, cancellationToken);
        if (tree.Store.FoldersNamed(parent, name) is [var known, ..])
            return known.Id;
        held.OrThrow();
        (await lister.EnsureAsync(parent, tree.ProofFrom(since), cancellationToken)).OrThrow();
        return tree.Store.FoldersNamed(parent, name) is [var proven, ..] ? proven.Id : null;
    }

    /// <summary>Runs what walks through remembered folders, again from above when one of them turns out to be gone.</summary>
    public static async Task<T> RetryingAsync<T>(RemotePath path, Func<Task<T>> walk)
    {
        var gone = new HashSet<FolderId>();
        while (true)
        {
            try
            {
                return await walk();
            }
            catch (FolderGoneException e)
            {
                if (e.Folder == path.Start && e.Cause is FichierNotFoundException)
                    throw new PathNotFoundException(path, EntryKind.Folder, e.Cause);
                if (!gone.Add(e.Folder))
                    throw e.Cause;
            }
        }
    }

    public static Task RetryingAsync(RemotePath path, Func<Task> walk) =>
        RetryingAsync(path, async () =>
        {
            await walk();
            return true;
        });

    private static Found StartOf(RemotePath path)
    {
        var start = new RemoteFolder { Id = path.Start, Name = "", StoredName = "" };
        return new Found(path, path.Start, [start], []);
    }

    private async Task<FolderId?> DescendAsync(RemotePath path, DateTimeOffset since, Refresh refresh, CancellationToken cancellationToken)
    {
        FolderId? folder = path.Start;
        foreach (var segment in path.Path.Segments)
        {
            if (folder is not { } parent)
                return null;
            folder = refresh == Refresh.Never
                ? await RememberedAsync(parent, segment, cancellationToken)
                : await ChildAsync(parent, segment, since, cancellationToken);
        }

        return folder;
    }

    private async Task<FolderId?> RememberedAsync(FolderId parent, string segment, CancellationToken cancellationToken)
    {
        await lister.RefreshAsync(parent, Refresh.Never, cancellationToken);
        return tree.Store.FoldersNamed(parent, PathNames.ToName(segment)) is [var known, ..] ? known.Id : null;
    }

    private async Task<Found> LookAsync(FolderId parent, RemotePath path, DateTimeOffset since, Refresh refresh, CancellationToken cancellationToken)
    {
        var held = await lister.RefreshAsync(parent, refresh, cancellationToken);
        var found = Remembered(parent, path);
        if (found.Folders.Count + found.Files.Count > 0 || refresh == Refresh.Never)
            return found;
        held.OrThrow();
        var proof = (await lister.EnsureAsync(parent, tree.ProofFrom(since), cancellationToken)).OrThrow();
        found = Remembered(parent, path);
        return proof.State.Complete || found.Folders.Count + found.Files.Count > 0
            ? found
            : found with { Files = await UnlistedAsync(parent, PathNames.ToName(path.Path.Name), cancellationToken) };
    }

    /// <summary>What an incomplete listing lacks may be there all the same; the service tells of a file by its folder and name.</summary>
    private async Task<IReadOnlyList<ListedFile>> UnlistedAsync(FolderId parent, string name, CancellationToken cancellationToken)
    {
        try
        {
            return [new ListedFile(await tree.Client.Files.GetAsync(parent, name, cancellationToken: cancellationToken))];
        }
        catch (FichierNotFoundException)
        {
            return [];
        }
    }

    private Found Remembered(FolderId parent, RemotePath path)
    {
        var name = PathNames.ToName(path.Path.Name);
        return new Found(path, parent, tree.Store.FoldersNamed(parent, name), tree.Store.FilesNamed(parent, name));
    }
}

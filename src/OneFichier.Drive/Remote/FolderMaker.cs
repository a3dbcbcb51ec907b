using OneFichier.Names;

namespace OneFichier.Drive.Remote;

/// <summary>Makes folders, each once, however the service treats a name that is taken.</summary>
internal sealed class FolderMaker(TreeContext tree, FolderLister lister, PathFinder finder)
{
    private readonly SingleFlight<(FolderId Parent, string Segment), FolderId> _flights = new();

    public Task<FolderId> MakeAsync(RemotePath path, CancellationToken cancellationToken)
    {
        foreach (var segment in path.Path.Segments)
            ServiceName.ThrowIfTooLong(PathNames.ToName(segment));
        return PathFinder.RetryingAsync(path, async () =>
        {
            var folder = path.Start;
            foreach (var segment in path.Path.Segments)
            {
                var parent = folder;
                folder = await _flights.RunAsync((parent, segment), token => FindOrMakeAsync(parent, segment, token), cancellationToken);
            }

            return folder;
        });
    }

    private async Task<FolderId> FindOrMakeAsync(FolderId parent, string segment, CancellationToken cancellationToken) =>
        await finder.ChildAsync(parent, segment, tree.Now, cancellationToken)
        ?? await MakeAsync(parent, PathNames.ToName(segment), mayRepeat: true, cancellationToken);

    private async Task<FolderId> MakeAsync(FolderId parent, string name, bool mayRepeat, CancellationToken cancellationToken)
    {
        try
        {
            var made = await tree.Client.Folders.CreateAsync(name, parent, cancellationToken: cancellationToken);
            return await RememberAsync(parent, name, made, cancellationToken);
        }
        catch (FichierException e) when (e is FichierRejectedException || Unanswered.MayHaveHappened(e))
        {
            if (await LookAgainAsync(parent, name, cancellationToken) is { } there)
                return there;
            if (!mayRepeat || e is FichierRejectedException)
                throw Explained(parent, name, e);
        }
        catch (FichierNotFoundException e)
        {
            tree.Lost(parent, e);
            throw new FolderGoneException(parent, e);
        }

        return await MakeAsync(parent, name, mayRepeat: false, cancellationToken);
    }

    private async Task<FolderId?> LookAgainAsync(FolderId parent, string name, CancellationToken cancellationToken)
    {
        (await lister.AskAsync(parent, cancellationToken)).OrThrow();
        return tree.Store.FoldersNamed(parent, name) is [var there, ..] ? there.Id : null;
    }

    /// <summary>Another process may have made the folder meanwhile; where the service then made a second one, ours is empty and gives way.</summary>
    private async Task<FolderId> RememberAsync(FolderId parent, string name, FolderId made, CancellationToken cancellationToken)
    {
        var theirs = tree.Store.FoldersNamed(parent, name).FirstOrDefault(f => f.Id != made);
        if (theirs is not null)
        {
            await tree.Client.Folders.RemoveAsync(made, cancellationToken);
            return theirs.Id;
        }

        var now = tree.Now;
        var stored = ServiceName.Encode(name);
        tree.Store.Apply([new OwnWrite.FolderShown(parent, now, new RemoteFolder { Id = made, Name = name, StoredName = stored, Created = now })]);
        tree.Store.PutEmpty(made, now);
        return made;
    }

    private FichierException Explained(FolderId parent, string name, FichierException refusal)
    {
        var alike = tree.Store.Read(parent)?.Folders.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return alike is null
            ? refusal
            : new FichierRejectedException($"The service takes '{name}' for the same name as the folder '{alike.Name}' that is there.", refusal) { ServiceText = refusal.ServiceText, Known = refusal.Known };
    }
}

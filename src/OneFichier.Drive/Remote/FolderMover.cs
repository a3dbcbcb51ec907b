using OneFichier.Names;

namespace OneFichier.Drive.Remote;

/// <summary>Moves and renames folders on the service, in two calls where both change (1fichier-api §3.16).</summary>
internal sealed class FolderMover(TreeContext tree, FolderLister lister)
{
    public async Task PlaceAsync(RemoteEntry entry, FolderId destination, string name, CancellationToken cancellationToken)
    {
        ServiceName.ThrowIfTooLong(name);
        var folder = entry.Folder!;
        if (entry.Parent == destination)
        {
            await RenameAsync(folder, destination, name, cancellationToken);
            return;
        }

        var between = await NameOnTheWayAsync(folder, entry.Parent, destination, name, cancellationToken);
        var moving = await RenameAsync(folder, entry.Parent, between, cancellationToken);
        await MoveAsync(moving, entry.Parent, destination, cancellationToken);
        await RenameAsync(moving, destination, name, cancellationToken);
    }

    public void RefuseInto(RemoteEntry entry, FolderId destination)
    {
        for (FolderId? at = destination; at is { } folder; at = folder == FolderId.Root ? null : tree.Store.ParentOf(folder))
        {
            if (folder == entry.Folder!.Id)
                throw new FichierRejectedException($"The folder '{entry.Path}' cannot be moved into itself.") { Remedy = "Choose a destination outside of it." };
        }
    }

    /// <summary>The name under which it travels: its own, its new one, or one nobody has, whichever is free where it is needed.</summary>
    private async Task<string> NameOnTheWayAsync(RemoteFolder folder, FolderId source, FolderId destination, string name, CancellationToken cancellationToken)
    {
        if (folder.Name == name)
            return name;
        (await lister.EnsureAsync(destination, tree.ProofFrom(tree.Now), cancellationToken)).OrThrow();
        if (tree.Store.FoldersNamed(destination, folder.Name).Count == 0)
            return folder.Name;
        return tree.Store.FoldersNamed(source, name).Count == 0 ? name : $"{name}.moving-{folder.Id}";
    }

    private async Task<RemoteFolder> RenameAsync(RemoteFolder folder, FolderId parent, string name, CancellationToken cancellationToken)
    {
        if (folder.Name == name)
            return folder;
        var renamed = folder with { Name = name, StoredName = ServiceName.Encode(name) };
        await ConfirmedAsync(
            () => tree.Client.Folders.RenameAsync(folder.Id, name, cancellationToken),
            f => f.Id == folder.Id && f.Name == name, parent, cancellationToken);
        tree.Store.Apply([new OwnWrite.FolderShown(parent, tree.Now, renamed)]);
        return renamed;
    }

    private async Task MoveAsync(RemoteFolder folder, FolderId source, FolderId destination, CancellationToken cancellationToken)
    {
        await ConfirmedAsync(
            () => tree.Client.Folders.MoveAsync(folder.Id, destination, cancellationToken: cancellationToken),
            f => f.Id == folder.Id, destination, cancellationToken);
        var now = tree.Now;
        tree.Store.Apply([new OwnWrite.FolderGone(source, now, folder.Id), new OwnWrite.FolderShown(destination, now, folder)]);
    }

    /// <summary>Makes a change; where its answer was lost, the listing of the folder it shows in tells.</summary>
    private async Task ConfirmedAsync(Func<Task> change, Func<RemoteFolder, bool> shown, FolderId where, CancellationToken cancellationToken)
    {
        try
        {
            await change();
        }
        catch (FichierException e) when (Unanswered.MayHaveHappened(e))
        {
            var said = (await lister.AskAsync(where, cancellationToken)).SaidOrThrow();
            if (!said.Folders.Any(shown))
                throw;
        }
    }
}

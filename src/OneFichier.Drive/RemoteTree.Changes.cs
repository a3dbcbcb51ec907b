using OneFichier.Drive.Remote;

namespace OneFichier.Drive;

public sealed partial class RemoteTree
{
    private readonly FolderMaker _maker;
    private readonly ClashGuard _guard;
    private readonly FileRemover _remover;
    private readonly FolderRemover _folderRemover;
    private readonly FileMover _mover;
    private readonly FolderMover _folderMover;
    private readonly FileCopier _copier;
    private readonly TreeCopier _treeCopier;

    /// <summary>Makes a folder and those above it that are missing, top down and each once; one that is there is taken as it is.</summary>
    /// <returns>Its number.</returns>
    public Task<FolderId> MakeFolderAsync(RemotePath path, CancellationToken cancellationToken = default) => _maker.MakeAsync(path, cancellationToken);

    /// <summary>Removes files, each batch in one request. Files that are gone already count as removed.</summary>
    /// <param name="files">Files as found or listed; a folder among them is refused before anything is removed.</param>
    /// <param name="cancellationToken">Ends the call between two requests.</param>
    public Task RemoveFilesAsync(IReadOnlyList<RemoteEntry> files, CancellationToken cancellationToken = default) =>
        _remover.RemoveAsync(Placed.Of(files), cancellationToken);

    /// <summary>Removes an empty folder, after making sure that it is.</summary>
    /// <exception cref="PathNotFoundException">There is no such folder.</exception>
    /// <exception cref="FolderNotEmptyException">There is something in it.</exception>
    public Task RemoveFolderAsync(RemotePath path, CancellationToken cancellationToken = default) =>
        _folderRemover.RemoveEmptyAsync(path, cancellationToken);

    /// <summary>
    /// Removes a folder with all that is in it: files in batches across folders, then the folders from below. The root stays. Ended half way, the same call does the rest.
    /// </summary>
    /// <exception cref="PathNotFoundException">There is no such folder.</exception>
    /// <exception cref="FolderNotEmptyException">Others put things in as fast as they were removed.</exception>
    public Task PurgeAsync(RemotePath path, CancellationToken cancellationToken = default) =>
        PathFinder.RetryingAsync(path, () => _folderRemover.PurgeAsync(path, cancellationToken));

    /// <summary>Moves files into a folder under their names, each batch in one request, from whatever folders.</summary>
    /// <exception cref="PathNotFoundException">There is no such folder; or a file was gone, which is said after the others were moved.</exception>
    /// <exception cref="NameTakenException">A name is taken and may not be replaced.</exception>
    public async Task MoveFilesAsync(IReadOnlyList<RemoteEntry> files, RemotePath folder, NameClash clash = NameClash.Refuse, CancellationToken cancellationToken = default)
    {
        var moving = Placed.Of(files);
        var missing = await PathFinder.RetryingAsync(folder, async () =>
        {
            var destination = await _finder.FolderAsync(folder, Refresh.WhenOld, cancellationToken);
            RemoteFile[] coming = [.. moving.Where(f => f.Parent != destination).Select(f => f.File)];
            var inTheWay = await _guard.FilesInTheWayAsync(folder, destination, coming, clash, cancellationToken);
            return await _guard.ReplaceAsync(
                inTheWay, () => _mover.MoveAsync(moving, destination, cancellationToken), gone => moving.Except(gone).Select(f => f.File.Name), cancellationToken);
        });
        if (missing.Count > 0)
            throw new PathNotFoundException(files.First(f => f.File!.Link == missing[0].File.Link).Path, EntryKind.File);
    }

    /// <summary>Renames files of one folder, each batch in one request.</summary>
    /// <param name="files">The files, and the new name of each as it stands in a path.</param>
    /// <param name="clash">What to do when a name is taken.</param>
    /// <param name="cancellationToken">Ends the call between two requests.</param>
    /// <exception cref="PathNotFoundException">A file was gone, which is said after the others were renamed.</exception>
    /// <exception cref="NameTakenException">A name is taken and may not be replaced.</exception>
    public async Task RenameFilesAsync(IReadOnlyList<(RemoteEntry File, string Name)> files, NameClash clash = NameClash.Refuse, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        (Placed File, string Name)[] renames = [.. Placed.Of(files.Select(f => f.File)).Zip(files, (p, f) => (p, PathNames.ToName(f.Name)))];
        if (renames.Length == 0)
            return;
        var (folder, parent) = (files[0].File.Path.Parent, files[0].File.Parent);
        if (Array.Exists(renames, r => r.File.Parent != parent))
            throw new ArgumentException("The files lie in several folders.", nameof(files));
        var inTheWay = await _guard.FilesInTheWayAsync(folder, parent, [.. renames.Select(r => r.File.File with { Name = r.Name })], clash, cancellationToken);
        var missing = await _guard.ReplaceAsync(
            inTheWay, () => _mover.RenameAsync(renames, cancellationToken), gone => renames.Where(r => !gone.Contains(r.File)).Select(r => r.Name), cancellationToken);
        if (missing.Count > 0)
            throw new PathNotFoundException(files.First(f => f.File.File!.Link == missing[0].File.Link).File.Path, EntryKind.File);
    }

    /// <summary>Gives a file or folder another name in its folder.</summary>
    /// <param name="path">What to rename: the folder at that path if there is one, otherwise the newest file.</param>
    /// <param name="name">The new name, as it stands in a path.</param>
    /// <param name="clash">What to do when the name is taken.</param>
    /// <param name="cancellationToken">Ends the call between two requests.</param>
    public Task RenameAsync(RemotePath path, string name, NameClash clash = NameClash.Refuse, CancellationToken cancellationToken = default) =>
        MoveAsync(path, path.Parent.Combine(name), clash, cancellationToken);

    /// <summary>Moves, renames, or both: what is at one path will be at the other. The folder it goes to must be there.</summary>
    /// <exception cref="PathNotFoundException">There is nothing at <paramref name="source"/>, or no folder for it to go to.</exception>
    /// <exception cref="NameTakenException">There is something at <paramref name="destination"/> that may not be replaced.</exception>
    /// <exception cref="FolderNotEmptyException">The folder to be replaced is not empty.</exception>
    /// <exception cref="FichierRejectedException">A folder was to be moved into itself.</exception>
    public async Task MoveAsync(RemotePath source, RemotePath destination, NameClash clash = NameClash.Refuse, CancellationToken cancellationToken = default)
    {
        var entry = await FindAsync(source, Refresh.WhenOld, cancellationToken) ?? throw new PathNotFoundException(source, EntryKind.Any);
        if (await TryMoveAsync(entry, destination, clash, cancellationToken))
            return;
        entry = await FindAsync(source, Refresh.Always, cancellationToken) ?? throw new PathNotFoundException(source, EntryKind.Any);
        if (!await TryMoveAsync(entry, destination, clash, cancellationToken))
            throw new PathNotFoundException(source, EntryKind.Any);
    }

    /// <inheritdoc cref="MoveAsync(RemotePath, RemotePath, NameClash, CancellationToken)"/>
    /// <param name="entry">What to move, as found or listed: the way to move one of several files of a name.</param>
    /// <param name="destination">Where it will be.</param>
    /// <param name="clash">What to do when the name is taken.</param>
    /// <param name="cancellationToken">Ends the call between two requests.</param>
    public async Task MoveAsync(RemoteEntry entry, RemotePath destination, NameClash clash = NameClash.Refuse, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!await TryMoveAsync(entry, destination, clash, cancellationToken))
            throw new PathNotFoundException(entry.Path, entry.IsFolder ? EntryKind.Folder : EntryKind.File);
    }

    /// <summary>Copies files into a folder, on the service, and remembers the copies.</summary>
    /// <param name="files">Files of this account, or of others as <see cref="FileClient.GetAsync(FileLink, string?, CancellationToken)"/> tells of them.</param>
    /// <param name="folder">Where the copies go.</param>
    /// <param name="clash">What to do when a name is taken.</param>
    /// <param name="options">A new name for a single file, or the password of the originals.</param>
    /// <param name="cancellationToken">Ends the call between two requests.</param>
    /// <returns>Each original with the link of its copy; one that lies there already stands for itself, and what hides it goes; one that is gone is missing.</returns>
    public async Task<IReadOnlyList<FileCopy>> CopyFilesAsync(
        IReadOnlyList<RemoteFile> files, RemotePath folder, NameClash clash = NameClash.Refuse, FileCopyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        files = [.. files.Select(EmptyFile.Shown)];
        RemoteFile[] coming = [.. files.Select(f => f with { Name = options?.Rename ?? f.Name })];
        return await PathFinder.RetryingAsync(folder, async () =>
        {
            var destination = await _finder.FolderAsync(folder, Refresh.WhenOld, cancellationToken);
            var (there, hiding) = await _guard.ThereAlreadyAsync(folder, destination, coming, clash, cancellationToken);
            RemoteFile[] wanted = [.. coming.Where(f => !there.Contains(f.Link.Id))];
            var inTheWay = await _guard.FilesInTheWayAsync(folder, destination, wanted, clash, cancellationToken);
            RemoteFile[] originals = [.. files.Where(f => !there.Contains(f.Link.Id))];
            var copies = await _guard.ReplaceAsync(
                inTheWay, () => _copier.CopyAsync(originals, destination, options, cancellationToken), made => ClashGuard.Came(wanted, made), cancellationToken);
            await _remover.RemoveAsync(hiding, cancellationToken);
            return (IReadOnlyList<FileCopy>)[.. copies, .. files.Where(f => there.Contains(f.Link.Id)).Select(f => new FileCopy(f.Link, f.Link))];
        });
    }

    /// <summary>Copies what links lead to, one's own or anybody's, into a folder. Names are not known before, so nothing is replaced; the folder is listed again when next looked at.</summary>
    /// <returns>Each link with the link of its copy; a link that leads nowhere is missing from it.</returns>
    public Task<IReadOnlyList<FileCopy>> CopyLinksAsync(
        IReadOnlyList<FileLink> links, RemotePath folder, FileCopyOptions? options = null, CancellationToken cancellationToken = default) =>
        PathFinder.RetryingAsync(
            folder, async () => await _copier.CopyAsync(links, await _finder.FolderAsync(folder, Refresh.WhenOld, cancellationToken), options, cancellationToken));

    /// <summary>
    /// Copies the content of a folder into another, which is made when missing. Files that are there with the same content are left out, so the same call finishes
    /// one that ended half way.
    /// </summary>
    /// <returns>The number of files copied.</returns>
    public Task<int> CopyFolderAsync(RemotePath source, RemotePath destination, NameClash clash = NameClash.Refuse, CancellationToken cancellationToken = default) =>
        PathFinder.RetryingAsync(source, () => _treeCopier.CopyAsync(source, destination, clash, cancellationToken));

    private Task<bool> TryMoveAsync(RemoteEntry entry, RemotePath destination, NameClash clash, CancellationToken cancellationToken) =>
        entry.Path.Path.IsRoot || destination.Path.IsRoot
            ? throw new ArgumentException("Where a path starts can be neither moved nor replaced; name the folder by its path.")
            : PathFinder.RetryingAsync(destination, () => MoveOnceAsync(entry, destination, clash, cancellationToken));

    /// <returns>False when what was to be moved was not there.</returns>
    private async Task<bool> MoveOnceAsync(RemoteEntry entry, RemotePath destination, NameClash clash, CancellationToken cancellationToken)
    {
        var name = PathNames.ToName(destination.Path.Name);
        var parent = await _finder.FolderAsync(destination.Parent, Refresh.WhenOld, cancellationToken);
        if (entry.Parent == parent && PathNames.ToName(entry.Path.Path.Name) == name)
            return true;
        return entry.IsFolder
            ? await TryMoveFolderAsync(entry, destination, parent, clash, cancellationToken)
            : await TryMoveFileAsync(Placed.Of([entry])[0], destination, parent, clash, cancellationToken);
    }

    private async Task<bool> TryMoveFileAsync(Placed file, RemotePath destination, FolderId parent, NameClash clash, CancellationToken cancellationToken)
    {
        var name = PathNames.ToName(destination.Path.Name);
        var inTheWay = await _guard.FilesInTheWayAsync(destination.Parent, parent, [file.File with { Name = name }], clash, cancellationToken);
        return await _guard.ReplaceAsync(inTheWay, () => _mover.PlaceAsync(file, parent, name, cancellationToken), moved => moved ? [name] : [], cancellationToken);
    }

    private async Task<bool> TryMoveFolderAsync(RemoteEntry entry, RemotePath destination, FolderId parent, NameClash clash, CancellationToken cancellationToken)
    {
        _folderMover.RefuseInto(entry, parent);
        if (await _guard.FolderInTheWayAsync(destination, parent, entry.Folder!.Id, clash, cancellationToken) is not null)
            await _folderRemover.RemoveEmptyAsync(destination, cancellationToken);
        try
        {
            await _folderMover.PlaceAsync(entry, parent, PathNames.ToName(destination.Path.Name), cancellationToken);
            return true;
        }
        catch (FichierNotFoundException)
        {
            _tree.Store.Expire(entry.Parent);
            (await _lister.AskAsync(parent, cancellationToken)).OrThrow();
            return false;
        }
    }
}

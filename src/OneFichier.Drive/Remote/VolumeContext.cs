namespace OneFichier.Drive.Remote;

/// <summary>What every part of a remote volume needs.</summary>
/// <param name="Tree">The account.</param>
/// <param name="Options">How it is used.</param>
/// <param name="Log">Opens the journal of an upload; gives null when none is kept.</param>
internal sealed record VolumeContext(RemoteTree Tree, RemoteVolumeOptions Options, Func<IReadOnlyDictionary<string, UploadNote>, IUploadLog?> Log)
{
    /// <summary>Told which names were sent into a folder and proven, with all that follows from it.</summary>
    public Action<FolderId, IReadOnlySet<string>>? Sent { get; init; }

    public RemotePath At(VolumePath path) => new(Options.Start, path);

    public Task<IReadOnlyList<RemoteEntry>> AllAtAsync(VolumePath path, CancellationToken cancellationToken) => Tree.FindAllAsync(At(path), Refresh.WhenOld, cancellationToken);

    /// <summary>The number of a folder, which is made with those above it where it is missing.</summary>
    /// <exception cref="NameTakenException">A file stands in the way.</exception>
    public async Task<FolderId> FolderAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        if (folder.IsRoot)
            return Options.Start;
        var there = await AllAtAsync(folder, cancellationToken);
        if (there is [{ IsFolder: true } found, ..])
            return found.Folder.Id;
        if (there.Count > 0)
            throw new NameTakenException(At(folder));
        await FolderAsync(folder.Parent, cancellationToken);
        return await Tree.MakeFolderAsync(At(folder), cancellationToken);
    }

    /// <summary>The number of a folder as it is remembered, however old that is; where nothing is, as <see cref="FolderAsync"/>.</summary>
    public async Task<FolderId> RememberedFolderAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        try
        {
            return await Tree.GetFolderAsync(At(folder), Refresh.Never, cancellationToken);
        }
        catch (PathNotFoundException)
        {
            return await FolderAsync(folder, cancellationToken);
        }
    }

    public Entry EntryOf(RemoteEntry entry) => entry.IsFolder
        ? new Entry(entry.Path.Path, IsFolder: true) { Created = entry.Folder.Created, Id = entry.Folder.Id.ToString() }
        : EntryOf(entry.Path.Path, entry.File);

    /// <summary>The entry of a file, if it is remembered in that folder.</summary>
    public Entry? Remembered(VolumePath path, FolderId folder, FileLink link) =>
        Tree.Context.Store.FilesNamed(folder, PathNames.ToName(path.Name)).FirstOrDefault(f => f.Link.Id == link.Id) is { } file ? EntryOf(path, file) : null;

    private Entry EntryOf(VolumePath path, ListedFile file) => new(path, IsFolder: false)
    {
        Size = file.Size,
        ModTime = Options.Times == TimesMode.None ? file.Uploaded : file.ModTime,
        Created = file.Uploaded,
        Checksum = file.Checksum,
        Link = file.Link == FileLink.None ? null : file.Link,
        ContentType = file.ContentType,
        Id = file.Link == FileLink.None ? null : file.Link.Id,
    };
}

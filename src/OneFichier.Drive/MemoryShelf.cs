namespace OneFichier.Drive;

/// <summary>What a <see cref="MemoryListingStore"/> holds of one folder.</summary>
internal sealed class MemoryShelf(FolderId folder, SizeTable sizes)
{
    private Dictionary<string, RemoteFolder> _folders = [];
    private Dictionary<string, ListedFile> _files = [];
    private Dictionary<string, PendingWrite> _pending = [];
    private ILookup<string, RemoteFolder>? _foldersByName;
    private ILookup<string, ListedFile>? _filesByName;

    public ListingState? State { get; set; }

    public FolderContent Content => new(_folders.Values, _files.Values, _pending.Values);

    public ListedFile File(string key) => _files[key];

    public IReadOnlyList<RemoteFolder> FoldersNamed(string name)
    {
        _foldersByName ??= _folders.Values.OrderBy(f => f.Id.Value).ToLookup(f => f.Name);
        return [.. _foldersByName[name]];
    }

    public IReadOnlyList<ListedFile> FilesNamed(string name)
    {
        _filesByName ??= _files.Values.ToLookup(f => f.Name);
        return [.. ListedFile.NewestFirst(_filesByName[name])];
    }

    public void Fill(FolderContent content, ListingState? state)
    {
        Clear();
        _folders = content.Folders.ToDictionary(f => ListingMerge.KeyOf(f.Id));
        foreach (var file in content.Files)
            Set(ListingMerge.KeyOf(file.Link), file);
        _pending = content.Pending.ToDictionary(p => p.Key);
        (_foldersByName, State) = (null, state);
    }

    /// <summary>Lets go of all files.</summary>
    public void Clear()
    {
        foreach (var (key, file) in _files)
            sizes.Remove(file.Size, folder, key);
        (_files, _filesByName) = ([], null);
    }

    public void Apply(OwnWrite write)
    {
        var key = Change(write);
        _pending[key] = new PendingWrite(key, write.At, write is OwnWrite.FileGone or OwnWrite.FolderGone);
    }

    public void SetModTime(string key, DateTimeOffset modTime)
    {
        if (_files.TryGetValue(key, out var file))
            Set(key, file with { ModTime = modTime });
    }

    private string Change(OwnWrite write)
    {
        var key = ListingMerge.KeyOf(write);
        switch (write)
        {
            case OwnWrite.FileShown shown:
                Set(key, shown.File);
                break;
            case OwnWrite.FileGone:
                Set(key, null);
                break;
            case OwnWrite.FolderShown shown:
                _folders[key] = shown.Child;
                _foldersByName = null;
                break;
            default:
                _folders.Remove(key);
                _foldersByName = null;
                break;
        }

        return key;
    }

    private void Set(string key, ListedFile? file)
    {
        if (_files.Remove(key, out var before))
            sizes.Remove(before.Size, folder, key);
        if (file is not null)
        {
            _files[key] = file;
            sizes.Add(file.Size, folder, key);
        }

        _filesByName = null;
    }
}

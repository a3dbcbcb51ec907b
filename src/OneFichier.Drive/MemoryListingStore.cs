namespace OneFichier.Drive;

/// <summary>A listing store that lives and ends with the process.</summary>
public sealed class MemoryListingStore : IListingStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FolderId, Shelf> _shelves = [];
    private readonly Dictionary<FolderId, FolderId> _parents = [];
    private TimeSpan _observedLag;

    /// <inheritdoc/>
    public TimeSpan ObservedLag
    {
        get
        {
            lock (_gate)
                return _observedLag;
        }
    }

    /// <inheritdoc/>
    public ListingState? StateOf(FolderId folder)
    {
        lock (_gate)
            return _shelves.GetValueOrDefault(folder)?.State;
    }

    /// <inheritdoc/>
    public FolderSnapshot? Read(FolderId folder)
    {
        lock (_gate)
        {
            return _shelves.GetValueOrDefault(folder) is { State: { } state } shelf
                ? new FolderSnapshot(folder, state.ListedAt, [.. shelf.Content.Folders], [.. shelf.Content.Files], state.Complete)
                : null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<RemoteFolder> FoldersNamed(FolderId parent, string name)
    {
        lock (_gate)
            return _shelves.GetValueOrDefault(parent)?.FoldersNamed(name) ?? [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ListedFile> FilesNamed(FolderId parent, string name)
    {
        lock (_gate)
            return _shelves.GetValueOrDefault(parent)?.FilesNamed(name) ?? [];
    }

    /// <inheritdoc/>
    public FolderId? ParentOf(FolderId folder)
    {
        lock (_gate)
            return _parents.TryGetValue(folder, out var parent) ? parent : null;
    }

    /// <inheritdoc/>
    public void Put(FolderSnapshot snapshot, TimeSpan lag)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        lock (_gate)
        {
            var shelf = ShelfOf(snapshot.Folder);
            if (ListingMerge.IsOutrun(snapshot, shelf.State))
                return;
            var (content, observed) = ListingMerge.Merge(shelf.Content, snapshot, lag);
            shelf.Fill(content, new ListingState(snapshot.ListedAt, snapshot.Complete, Expired: false));
            _observedLag = _observedLag > observed ? _observedLag : observed;
            foreach (var child in content.Folders)
                _parents[child.Id] = snapshot.Folder;
        }
    }

    /// <inheritdoc/>
    public void PutEmpty(FolderId folder, DateTimeOffset at)
    {
        lock (_gate)
            ShelfOf(folder).State ??= new ListingState(at, Complete: true, Expired: false);
    }

    /// <inheritdoc/>
    public void Apply(IReadOnlyList<OwnWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        lock (_gate)
        {
            foreach (var write in writes)
            {
                ShelfOf(write.Folder).Apply(write);
                if (write is OwnWrite.FolderShown shown)
                    _parents[shown.Child.Id] = write.Folder;
            }
        }
    }

    /// <inheritdoc/>
    public void Expire(FolderId folder)
    {
        lock (_gate)
        {
            if (_shelves.GetValueOrDefault(folder) is { State: { } state } shelf)
                shelf.State = state with { Expired = true };
        }
    }

    /// <inheritdoc/>
    public void Vouch(FolderId folder, DateTimeOffset listedAt)
    {
        lock (_gate)
        {
            if (_shelves.GetValueOrDefault(folder) is { State: { } state } shelf && state.ListedAt == listedAt)
                shelf.State = state with { Expired = false };
        }
    }

    /// <inheritdoc/>
    public void Forget(FolderId folder)
    {
        lock (_gate)
            _shelves.Remove(folder);
    }

    /// <summary>Does nothing; there is nothing to close.</summary>
    public void Dispose() { }

    private Shelf ShelfOf(FolderId folder)
    {
        if (!_shelves.TryGetValue(folder, out var shelf))
            _shelves[folder] = shelf = new Shelf();
        return shelf;
    }

    private sealed class Shelf
    {
        private Dictionary<string, RemoteFolder> _folders = [];
        private Dictionary<string, ListedFile> _files = [];
        private Dictionary<string, PendingWrite> _pending = [];
        private ILookup<string, RemoteFolder>? _foldersByName;
        private ILookup<string, ListedFile>? _filesByName;

        public ListingState? State { get; set; }

        public FolderContent Content => new(_folders.Values, _files.Values, _pending.Values);

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

        public void Fill(FolderContent content, ListingState state)
        {
            _folders = content.Folders.ToDictionary(f => ListingMerge.KeyOf(f.Id));
            _files = content.Files.ToDictionary(f => ListingMerge.KeyOf(f.Link));
            _pending = content.Pending.ToDictionary(p => p.Key);
            (_foldersByName, _filesByName, State) = (null, null, state);
        }

        public void Apply(OwnWrite write)
        {
            var key = Change(write);
            _pending[key] = new PendingWrite(key, write.At, write is OwnWrite.FileGone or OwnWrite.FolderGone);
        }

        private string Change(OwnWrite write)
        {
            var key = ListingMerge.KeyOf(write);
            switch (write)
            {
                case OwnWrite.FileShown shown:
                    _files[key] = shown.File;
                    _filesByName = null;
                    break;
                case OwnWrite.FileGone:
                    _files.Remove(key);
                    _filesByName = null;
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
    }
}

namespace OneFichier.Drive;

/// <summary>A listing store that lives and ends with the process.</summary>
public sealed class MemoryListingStore : IListingStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FolderId, MemoryShelf> _shelves = [];
    private readonly Dictionary<FolderId, FolderId> _parents = [];
    private readonly SizeTable _sizes = new();
    private readonly HashSet<FolderId> _forgotten = [];
    private readonly IEarlierListings? _earlier;
    private TimeSpan _observedLag;

    /// <summary>Remembers nothing yet.</summary>
    public MemoryListingStore() { }

    /// <summary>Goes on from what was remembered elsewhere, folder by folder as it is needed.</summary>
    internal MemoryListingStore(IEarlierListings earlier) => (_earlier, _observedLag) = (earlier, earlier.ObservedLag);

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
            return Held(folder)?.State;
    }

    /// <inheritdoc/>
    public FolderSnapshot? Read(FolderId folder)
    {
        lock (_gate)
        {
            return Held(folder) is { State: { } state } shelf
                ? new FolderSnapshot(folder, state.ListedAt, [.. shelf.Content.Folders], [.. shelf.Content.Files], state.Complete)
                : null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<RemoteFolder> FoldersNamed(FolderId parent, string name)
    {
        lock (_gate)
            return Held(parent)?.FoldersNamed(name) ?? [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ListedFile> FilesNamed(FolderId parent, string name)
    {
        lock (_gate)
            return Held(parent)?.FilesNamed(name) ?? [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ListedFile> FilesOfSize(long size, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        lock (_gate)
            return [.. _sizes.Of(size).Take(most).Select(at => _shelves[at.Folder].File(at.Key))];
    }

    /// <inheritdoc/>
    public IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        lock (_gate)
            return sizes.Where(_sizes.Holds).ToHashSet();
    }

    /// <inheritdoc/>
    public FolderId? ParentOf(FolderId folder)
    {
        lock (_gate)
            return _parents.TryGetValue(folder, out var parent) ? parent : _earlier?.ParentOf(folder);
    }

    /// <inheritdoc/>
    public DueFolders Due(FolderId start, DateTimeOffset listedBefore, int most)
    {
        lock (_gate)
        {
            var due = Below(start).Select(f => (Folder: f, Held(f)?.State)).Where(d => d.State is not { Expired: false } s || s.ListedAt < listedBefore)
                .OrderBy(d => d.State?.ListedAt).ThenBy(d => d.Folder.Value).Select(d => d.Folder).ToList();
            return new DueFolders([.. due.Take(most)], due.Count);
        }
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
    public void SetModTimes(IReadOnlyList<(FolderId Folder, FileLink Link, DateTimeOffset ModTime)> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        lock (_gate)
        {
            foreach (var (folder, link, modTime) in times)
                Held(folder)?.SetModTime(ListingMerge.KeyOf(link), modTime);
        }
    }

    /// <inheritdoc/>
    public void Expire(FolderId folder)
    {
        lock (_gate)
        {
            if (Held(folder) is { State: { } state } shelf)
                shelf.State = state with { Expired = true };
        }
    }

    /// <inheritdoc/>
    public void Vouch(FolderId folder, DateTimeOffset listedAt)
    {
        lock (_gate)
        {
            if (Held(folder) is { State: { } state } shelf && state.ListedAt == listedAt)
                shelf.State = state with { Expired = false };
        }
    }

    /// <inheritdoc/>
    public void Forget(FolderId folder)
    {
        lock (_gate)
        {
            _forgotten.Add(folder);
            if (_shelves.Remove(folder, out var shelf))
                shelf.Clear();
        }
    }

    /// <summary>Does nothing; there is nothing to close.</summary>
    public void Dispose() { }

    private HashSet<FolderId> Below(FolderId start)
    {
        var found = new HashSet<FolderId> { start };
        var open = new Stack<FolderId>([start]);
        while (open.TryPop(out var folder))
        {
            foreach (var child in (Held(folder)?.Content.Folders ?? []).Where(c => found.Add(c.Id)))
                open.Push(child.Id);
        }

        return found;
    }

    private MemoryShelf ShelfOf(FolderId folder)
    {
        if (Held(folder) is { } held)
            return held;
        return _shelves[folder] = new MemoryShelf(folder, _sizes);
    }

    private MemoryShelf? Held(FolderId folder)
    {
        if (_shelves.GetValueOrDefault(folder) is { } shelf)
            return shelf;
        if (_forgotten.Contains(folder) || _earlier?.Of(folder) is not var (content, state))
            return null;
        _shelves[folder] = shelf = new MemoryShelf(folder, _sizes);
        shelf.Fill(content, state);
        return shelf;
    }
}

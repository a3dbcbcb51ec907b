namespace OneFichier.Drive.Index;

/// <summary>The changes to the index, rows in the order of their keys. Whoever calls puts each in a transaction.</summary>
internal sealed class IndexWriter(Func<string, int, Statement> prepare, IndexFile file)
{
    public const string ObservedLag = "observed_lag";

    private readonly Statement _putListing = prepare("INSERT OR REPLACE INTO listing(folder, listed, complete, expired) VALUES(?1, ?2, ?3, ?4)", 4);
    private readonly Statement _addListing = prepare("INSERT OR IGNORE INTO listing(folder, listed, complete, expired) VALUES(?1, ?2, 1, 0)", 2);
    private readonly Statement _vouch = prepare("UPDATE listing SET expired = 0 WHERE folder = ?1 AND listed = ?2", 2);
    private readonly Statement _expire = prepare("UPDATE listing SET expired = 1 WHERE folder = ?1", 1);
    private readonly Statement _putFolder = prepare($"INSERT OR REPLACE INTO folder(parent, {Rows.FolderColumns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", 7);
    private readonly Statement _putFile = prepare($"INSERT OR REPLACE INTO file(parent, {Rows.FileColumns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", 11);
    private readonly Statement _dropFolder = prepare("DELETE FROM folder WHERE parent = ?1 AND name = ?2 AND id = ?3", 3);
    private readonly Statement _dropFile = prepare("DELETE FROM file WHERE parent = ?1 AND name = ?2 AND link = ?3", 3);
    private readonly Statement _dropFolderId = prepare("DELETE FROM folder WHERE id = ?2 AND parent = ?1", 2);
    private readonly Statement _dropFileLink = prepare("DELETE FROM file WHERE parent = ?1 AND link = ?2", 2);
    private readonly Statement _links = prepare("SELECT name, link FROM file WHERE parent = ?1", 1);
    private readonly Statement _putModTime = prepare("UPDATE file SET mod_time = ?4 WHERE parent = ?1 AND name = ?2 AND link = ?3", 4);
    private readonly Statement _putPending = prepare("INSERT OR REPLACE INTO own_write(parent, entry, at, gone, doubted) VALUES(?1, ?2, ?3, ?4, ?5)", 5);
    private readonly Statement _dropPending = prepare("DELETE FROM own_write WHERE parent = ?1 AND entry = ?2", 2);
    private readonly Statement _prune = prepare("DELETE FROM own_write WHERE at < ?1", 1);
    private readonly Statement _putFact = prepare("INSERT OR REPLACE INTO fact(name, value) VALUES(?1, ?2)", 2);
    private readonly Statement[] _forget =
    [
        prepare("DELETE FROM listing WHERE folder = ?1", 1),
        prepare("DELETE FROM folder WHERE parent = ?1", 1),
        prepare("DELETE FROM file WHERE parent = ?1", 1),
        prepare("DELETE FROM own_write WHERE parent = ?1", 1),
    ];

    public void Put(FolderSnapshot snapshot, TimeSpan lag)
    {
        if (ListingMerge.IsOutrun(snapshot, file.StateOf(snapshot.Folder)))
            return;
        var held = new FolderContent(file.Folders(snapshot.Folder), file.Files(snapshot.Folder), file.Pending(snapshot.Folder));
        var (content, observed) = ListingMerge.Merge(held, snapshot, lag);
        Replace(snapshot.Folder, held, content);
        _putListing.Run(snapshot.Folder.Value, snapshot.ListedAt.UtcTicks, snapshot.Complete, false);
        if (observed > file.Fact(ObservedLag))
            _putFact.Run(ObservedLag, observed.Ticks);
    }

    public void PutEmpty(FolderId folder, DateTimeOffset at)
    {
        _addListing.Run(folder.Value, at.UtcTicks);
    }

    public void Apply(IReadOnlyList<OwnWrite> writes)
    {
        foreach (var write in writes)
            Apply(write);
    }

    public void SetModTimes(IReadOnlyList<(FolderId Folder, FileLink Link, DateTimeOffset ModTime)> times)
    {
        foreach (var folder in times.GroupBy(t => t.Folder))
        {
            var wanted = folder.GroupBy(t => t.Link.Id).ToDictionary(g => g.Key, g => g.Last().ModTime.UtcTicks, StringComparer.Ordinal);
            foreach (var (name, link) in _links.Read(r => (r.GetString(0), r.GetString(1)), folder.Key.Value).Where(l => wanted.ContainsKey(l.Item2)))
                _putModTime.Run(folder.Key.Value, name, link, wanted[link]);
        }
    }

    public void Expire(FolderId folder)
    {
        _expire.Run(folder.Value);
    }

    public void Vouch(FolderId folder, DateTimeOffset listedAt)
    {
        _vouch.Run(folder.Value, listedAt.UtcTicks);
    }

    public void Forget(FolderId folder)
    {
        foreach (var statement in _forget)
            statement.Run(folder.Value);
    }

    /// <summary>Drops own writes nothing can lag behind any more.</summary>
    public void Prune(DateTimeOffset before)
    {
        _prune.Run(before.UtcTicks);
    }

    private void Apply(OwnWrite write)
    {
        var parent = write.Folder.Value;
        switch (write)
        {
            case OwnWrite.FileShown shown:
                _putFile.Run([parent, .. Rows.Of(shown.File)]);
                break;
            case OwnWrite.FileGone gone:
                if (_dropFile.Run(parent, Rows.Key(gone.File.Name), gone.File.Link.Id) == 0)
                    _dropFileLink.Run(parent, gone.File.Link.Id);
                break;
            case OwnWrite.FolderShown shown:
                _dropFolderId.Run(parent, shown.Child.Id.Value);
                _putFolder.Run([parent, .. Rows.Of(shown.Child)]);
                break;
            case OwnWrite.FolderGone gone:
                _dropFolderId.Run(parent, gone.Child.Value);
                break;
        }

        _putPending.Run(parent, ListingMerge.KeyOf(write), write.At.UtcTicks, write is OwnWrite.FileGone or OwnWrite.FolderGone, 0L);
    }

    private void Replace(FolderId folder, FolderContent held, FolderContent fresh)
    {
        foreach (var gone in held.Files.ExceptBy(fresh.Files.Select(f => (f.Name, f.Link.Id)), f => (f.Name, f.Link.Id)))
            _dropFile.Run(folder.Value, Rows.Key(gone.Name), gone.Link.Id);
        foreach (var gone in held.Folders.ExceptBy(fresh.Folders.Select(f => (f.Name, f.Id)), f => (f.Name, f.Id)))
            _dropFolder.Run(folder.Value, Rows.Key(gone.Name), gone.Id.Value);
        foreach (var gone in held.Pending.ExceptBy(fresh.Pending.Select(p => p.Key), p => p.Key))
            _dropPending.Run(folder.Value, gone.Key);
        foreach (var row in fresh.Files.Except(held.Files).Select(Rows.Of).OrderBy(r => (string)r[0]!, StringComparer.Ordinal))
            _putFile.Run([folder.Value, .. row]);
        foreach (var row in fresh.Folders.Except(held.Folders).Select(Rows.Of).OrderBy(r => (string)r[0]!, StringComparer.Ordinal))
            _putFolder.Run([folder.Value, .. row]);
        foreach (var pending in fresh.Pending.Except(held.Pending))
            _putPending.Run(folder.Value, pending.Key, pending.At.UtcTicks, pending.Gone, pending.Doubted.Ticks);
    }
}

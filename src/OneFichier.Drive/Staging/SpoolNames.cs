namespace OneFichier.Drive.Staging;

/// <summary>New files, new folders and removals: all of them wait.</summary>
internal sealed class SpoolNames(Spool spool, SpoolView view)
{
    private const int WorthReserving = 1 << 20;
    private const int UnspecifiedFailure = unchecked((int)0x80131620);
    private const int NoRoom = 28;

    public async ValueTask<Entry?> PutAsync(NewFile file, PutOptions options, CancellationToken cancellationToken)
    {
        await FreeAsync(file.Path, options.KeepExisting, cancellationToken);
        var staged = spool.NewFile();
        StagedFile? replaced = null;
        try
        {
            await TakeInAsync(file, staged, options.Progress, cancellationToken);
            await spool.Names.WaitAsync(cancellationToken);
            try
            {
                await spool.LetGoAsync(file.Path);
                var (before, missing) = await FreeAsync(file.Path, options.KeepExisting, cancellationToken);
                lock (spool.Overlay.Gate)
                {
                    replaced = spool.Overlay.Find(file.Path)?.File;
                    Place(staged, file.Path, missing, before is not null && replaced is not { Dirty: true });
                }
            }
            finally
            {
                spool.Names.Release();
            }
        }
        catch
        {
            staged.DeleteData();
            throw;
        }

        spool.Sweep(replaced);
        await spool.Journal.SyncAsync(cancellationToken);
        lock (spool.Overlay.Gate)
            return view.EntryOf(staged, file.Path);
    }

    public async Task MakeAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        if (folder.IsRoot)
        {
            await spool.Inner.MakeFolderAsync(folder, cancellationToken);
            return;
        }

        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            var missing = await MissingAsync(folder, cancellationToken);
            lock (spool.Overlay.Gate)
                spool.Commit(Folders(missing));
        }
        finally
        {
            spool.Names.Release();
        }
    }

    public async ValueTask<Entry?> RemoveAsync(VolumePath path, CancellationToken cancellationToken)
    {
        if (path.IsRoot)
            throw MoveRules.TheRoot();
        StagedFile? removed;
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            var entry = await view.FindAsync(path, cancellationToken) ?? throw new PathNotFoundException(path, EntryKind.Any);
            if (entry.IsFolder && (await view.ListAsync(path, cancellationToken)).Entries.Count > 0)
                throw new FolderNotEmptyException(path);
            await spool.LetGoAsync(path);
            lock (spool.Overlay.Gate)
                removed = Remove(path, entry.IsFolder);
        }
        finally
        {
            spool.Names.Release();
        }

        spool.Sweep(removed);
        return null;
    }

    /// <summary>The records of folders that will be seen. The overlay's gate is held.</summary>
    public IReadOnlyList<SpoolRecord> Folders(IReadOnlyList<VolumePath> missing) =>
    [
        .. missing.Select(m => spool.Overlay.Find(m) is { } node
            ? Overlay.NameRecord(node) with { Folder = true }
            : new SpoolRecord { Op = SpoolRecord.Name, Path = m.ToString(), Folder = true }),
    ];

    /// <summary>The folders that have to be made for one to be there, those above first.</summary>
    /// <exception cref="NameTakenException">A file stands in the way.</exception>
    public async Task<IReadOnlyList<VolumePath>> MissingAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        var missing = new List<VolumePath>();
        for (var at = folder; !at.IsRoot; at = at.Parent)
        {
            var found = await view.FindAsync(at, cancellationToken);
            if (found is { IsFolder: true })
                break;
            if (found is not null)
                throw new NameTakenException(at);
            missing.Insert(0, at);
        }

        return missing;
    }

    /// <summary>At the end: waits for whoever is in the middle of a change.</summary>
    public async Task TidyAsync()
    {
        await spool.Names.WaitAsync();
        spool.Names.Release();
    }

    public async Task<(Entry? Before, IReadOnlyList<VolumePath> Missing)> FreeAsync(VolumePath path, bool keep, CancellationToken cancellationToken)
    {
        if (path.IsRoot)
            throw new NameTakenException(path);
        var before = await view.FindAsync(path, cancellationToken);
        if (before is not null)
            return before.IsFolder || keep ? throw new NameTakenException(path) : (before, []);
        return (null, await MissingAsync(path.Parent, cancellationToken));
    }

    private async Task TakeInAsync(NewFile file, StagedFile staged, IProgress<TransferEvent>? progress, CancellationToken cancellationToken)
    {
        var now = spool.Options.Time.GetUtcNow();
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
            PreallocationSize = file.Length >= WorthReserving ? file.Length : 0,
        };
        staged.Spooled = true;
        WhirlpoolHash? checksum;
        await using (var target = Begin(staged.Data.Path, options))
        {
            checksum = await ProvenCopy.RunAsync(file, target, hash: true, progress, cancellationToken);
            await Task.Run(() => target.Flush(flushToDisk: true), CancellationToken.None);
        }

        spool.Folder.SyncNames();
        staged.BeginWhole(file.Length, checksum, (file.ModTime ?? now).ToUniversalTime(), now);
    }

    /// <summary>Reserving room fails without the number by which programs know a full disk.</summary>
    private static FileStream Begin(string path, FileStreamOptions options)
    {
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (e.HResult == UnspecifiedFailure && options.PreallocationSize > 0 && !OperatingSystem.IsWindows())
        {
            throw new IOException(e.Message, NoRoom);
        }
    }

    private void Place(StagedFile staged, VolumePath path, IReadOnlyList<VolumePath> missing, bool covers)
    {
        var overlay = spool.Overlay;
        var place = Overlay.PlaceRecord(staged, path);
        var node = overlay.Find(path);
        IReadOnlyList<SpoolRecord> covered = covers || node is { Covers: true }
            ? [(node is null ? new SpoolRecord { Op = SpoolRecord.Name, Path = path.ToString() } : Overlay.NameRecord(node)) with { Covers = true }]
            : [];
        overlay.Add(staged);
        try
        {
            spool.Commit([.. Folders(missing), staged.Record(soft: false), place, .. covered]);
        }
        catch
        {
            overlay.Apply(new SpoolRecord { Op = SpoolRecord.Forget, Id = staged.Id });
            throw;
        }

        staged.Told(hard: true);
        staged.Finished = spool.Now;
    }

    private StagedFile? Remove(VolumePath path, bool isFolder)
    {
        var overlay = spool.Overlay;
        var node = overlay.Find(path);
        if (node?.Waiting is { } waiting)
        {
            spool.Commit(Overlay.PlaceRecord(waiting, null), Overlay.LeftRecord(node, null));
            return waiting;
        }

        var before = node is null ? new SpoolRecord { Op = SpoolRecord.Name, Path = path.ToString() } : Overlay.NameRecord(node);
        var kind = isFolder ? Kinds.Folder : Kinds.File;
        var stored = node is not { Folder: true, Tried: false };
        spool.Commit(before with { Gone = stored ? before.Gone | kind : before.Gone, Folder = false, Tried = false });
        if (node?.File is not { } open)
            return null;
        overlay.Place(open, null);
        return open;
    }
}

namespace OneFichier.Drive.Staging;

/// <summary>Opens files and closes them.</summary>
internal sealed class SpoolFiles(Spool spool, SpoolView view, SpoolStore store)
{
    public async Task<IOpenFile> OpenAsync(VolumePath path, OpenFileOptions options, CancellationToken cancellationToken)
    {
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            var entry = await view.FindAsync(path, cancellationToken);
            if (entry is { IsFolder: true } || (entry is not null && options is { Create: true, Exclusive: true }))
                throw new NameTakenException(path);
            if (entry is null)
                return await CreateAsync(path, options, cancellationToken);
            if (options.Write)
                await spool.LetGoAsync(path);
            var opened = Open(entry, options.Write);
            if (options is { Write: true, Truncate: true } && entry.Size > 0)
                await opened.SetLengthAsync(0, cancellationToken);
            return opened;
        }
        finally
        {
            spool.Names.Release();
        }
    }

    /// <summary>Opens a file, or a part of it, as a stream: what waits through the spool, what is stored inside.</summary>
    public async Task<Stream> OpenStreamAsync(VolumePath path, ByteRange range, CancellationToken cancellationToken)
    {
        var entry = await view.FindAsync(path, cancellationToken);
        if (entry is not { IsFolder: false })
            throw new PathNotFoundException(path, EntryKind.File);
        var opened = TryOpenWaiting(path);
        if (opened is null)
            return await spool.Inner.OpenAsync(path, range, cancellationToken);
        try
        {
            return new StagedStream(opened, range.Offset, range.LengthIn(opened.Entry.Size));
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public Task<IOpenFile?> OpenWaitingAsync(VolumePath path) => Task.FromResult(TryOpenWaiting(path));

    /// <summary>Somebody closed a file. Who wrote it leaves word of it, so that it outlives the process.</summary>
    public void Close(StagedFile file, bool writes)
    {
        lock (spool.Overlay.Gate)
        {
            if (writes)
                file.Writers--;
            else
                file.Readers--;
            if (file is { Writers: 0, Dirty: true, Node: not null } && writes)
                Finish(file);
            if (file.IsOpen)
                return;
            Overlay.Closed(file);
        }

        _ = file.Source.CloseAsync().AsTask();
        if (!file.Dirty || file.Node is null)
            spool.Sweep(file);
        if (writes)
            spool.Changed();
    }

    private void Finish(StagedFile file)
    {
        file.Finished = spool.Now;
        if (file.IsToldOf)
            return;
        try
        {
            spool.Journal.Append(Spool.Told(file, file.Record(soft: true)));
            file.Told(hard: false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The sender tries again before it sends anything; after the volume's end nothing can be kept.
        }
    }

    private IOpenFile? TryOpenWaiting(VolumePath path)
    {
        lock (spool.Overlay.Gate)
        {
            if (spool.Overlay.Find(path)?.Waiting is not { } waiting)
                return null;
            waiting.Readers++;
            return new OpenStagedFile(spool, this, view, store, waiting);
        }
    }

    private OpenStagedFile Open(Entry entry, bool writes)
    {
        lock (spool.Overlay.Gate)
        {
            var node = spool.Overlay.Make(entry.Path);
            if (node.File is not { } file)
            {
                file = new StagedFile(spool.Overlay.NextId(), spool.Folder, spool.Journal, spool.Options);
                file.BeginStored(entry);
                spool.Overlay.Place(file, node);
            }

            return Opened(file, writes);
        }
    }

    private OpenStagedFile Opened(StagedFile file, bool writes)
    {
        if (writes)
            file.Writers++;
        else
            file.Readers++;
        return new OpenStagedFile(spool, this, view, store, file) { Writes = writes };
    }

    private async Task<IOpenFile> CreateAsync(VolumePath path, OpenFileOptions options, CancellationToken cancellationToken)
    {
        if (!options.Create || path.IsRoot)
            throw new PathNotFoundException(path, EntryKind.File);
        if (await view.FindAsync(path.Parent, cancellationToken) is not { IsFolder: true })
            throw new PathNotFoundException(path.Parent, EntryKind.Folder);
        await spool.LetGoAsync(path);
        lock (spool.Overlay.Gate)
        {
            var file = new StagedFile(spool.Overlay.NextId(), spool.Folder, spool.Journal, spool.Options);
            file.BeginEmpty(spool.Options.Time.GetUtcNow());
            file.Data.Make();
            spool.Overlay.Add(file);
            try
            {
                spool.Commit(file.Record(soft: true), Overlay.PlaceRecord(file, path));
            }
            catch
            {
                spool.Overlay.Apply(new SpoolRecord { Op = SpoolRecord.Forget, Id = file.Id });
                file.DeleteData();
                throw;
            }

            file.Told(hard: false);
            file.Finished = spool.Now;
            return Opened(file, options.Write);
        }
    }
}

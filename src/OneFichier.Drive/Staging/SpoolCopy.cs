namespace OneFichier.Drive.Staging;

/// <summary>Copies of what is stored, made inside at once, and of what waits, made here.</summary>
internal sealed class SpoolCopy(Spool spool, IServerSideCopy inner, SpoolView view, (SpoolNames Names, SpoolStore Store, SpoolFiles Files) parts) : IServerSideCopy
{
    public bool CanCopy(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return view.IsWaiting(entry) || inner.CanCopy(entry);
    }

    public Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(copies, c => c.Target, async c => await CopyAsync(c.Source, c.Target, cancellationToken), cancellationToken);

    private async ValueTask<Entry?> CopyAsync(Entry source, VolumePath target, CancellationToken cancellationToken)
    {
        spool.Inner.RefuseNames(target);
        return view.IsWaiting(source) ? await CopyWaitingAsync(source, target, cancellationToken) : await CopyStoredAsync(source, target, cancellationToken);
    }

    private async ValueTask<Entry?> CopyWaitingAsync(Entry source, VolumePath target, CancellationToken cancellationToken)
    {
        var opened = await parts.Files.OpenWaitingAsync(source.Path) ?? throw new PathNotFoundException(source.Path, EntryKind.File);
        await using (opened)
        {
            var now = opened.Entry;
            if (now.Id != source.Id)
                throw new PathNotFoundException(source.Path, EntryKind.File);
            var copy = new NewFile(target, now.Size, _ => new ValueTask<Stream>(new StagedStream(opened, 0, now.Size))) { ModTime = now.ModTime, Checksum = now.Checksum };
            return await parts.Names.PutAsync(copy, new PutOptions(), cancellationToken);
        }
    }

    private async ValueTask<Entry?> CopyStoredAsync(Entry source, VolumePath target, CancellationToken cancellationToken)
    {
        StagedFile? replaced;
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            await parts.Names.FreeAsync(target, keep: false, cancellationToken);
            await spool.LetGoAsync(target);
            lock (spool.Overlay.Gate)
                replaced = spool.Overlay.Find(target)?.Waiting;
            await StoreAsync(source, target, cancellationToken);
        }
        finally
        {
            spool.Names.Release();
        }

        spool.Sweep(replaced);
        return await view.FindAsync(target, cancellationToken);
    }

    private async Task StoreAsync(Entry source, VolumePath target, CancellationToken cancellationToken)
    {
        await spool.Stored.WaitAsync(cancellationToken);
        try
        {
            await parts.Store.MakeFolderIfWaitingAsync(target.Parent, cancellationToken);
            await parts.Store.DetachAsync(target, named: true, cancellationToken);
            await parts.Store.ClearAsync(target, cancellationToken);
            var result = (await inner.CopyAsync([(source, target)], cancellationToken))[0];
            if (result.Error is not null)
                throw result.Error;
            lock (spool.Overlay.Gate)
            {
                if (spool.Overlay.Find(target) is not { } node)
                    return;
                IReadOnlyList<SpoolRecord> dropped = node.Waiting is { } file ? [Overlay.PlaceRecord(file, null)] : [];
                spool.Commit([.. dropped, Overlay.NameRecord(node) with { Gone = Kinds.None, Covers = false }]);
            }
        }
        finally
        {
            spool.Stored.Release();
        }
    }
}

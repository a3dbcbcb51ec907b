using OneFichier.Hashing;

namespace OneFichier.Drive.Staging;

/// <summary>Chooses files that are finished, and brings together what each needs to be sent.</summary>
internal sealed class SendChoice(Spool spool, SpoolStore store)
{
    private Overlay Overlay => spool.Overlay;

    /// <summary>The small files that go together, up to a number and a size, and the large ones there is room for.</summary>
    public (List<StagedFile> Batch, List<StagedFile> Large) Ready(SendLanes lanes, Unsent? failed)
    {
        lock (Overlay.Gate)
        {
            var ready = Overlay.Files.Values
                .Where(f => f is { Dirty: true, Writers: 0, Node: not null, IsHard: true } && !lanes.Has(f) && (failed is null ? f.Retry.At <= spool.Now : !failed.Contains(f)))
                .OrderBy(f => f.Length)
                .ToLookup(f => f.Length > spool.Options.BatchBytes);
            var batch = new List<StagedFile>();
            var bytes = 0L;
            foreach (var file in ready[false].Take(Math.Max(1, spool.Inner.Traits.PutBatch)).TakeWhile(f => (bytes += f.Length) <= spool.Options.BatchBytes))
                batch.Add(file);
            return (batch, [.. ready[true].Take(lanes.Free)]);
        }
    }

    /// <summary>Brings together what the file needs, and makes room for it.</summary>
    /// <returns><see langword="null"/> when it is no longer seen.</returns>
    public async Task<Prepared?> PrepareAsync(StagedFile file, CancellationToken cancellationToken)
    {
        VolumePath path;
        bool covers;
        lock (Overlay.Gate)
        {
            if (file.Node is not { } node)
                return null;
            (path, covers) = (node.Path, node.Covers);
        }

        spool.Inner.RefuseNames(path);
        spool.Inner.RefuseSize(path, file.Length);

        await spool.Stored.WaitAsync(cancellationToken);
        try
        {
            await store.DetachAsync(path, named: false, cancellationToken);
            await store.MakeWayAsync(path, cancellationToken);
        }
        finally
        {
            spool.Stored.Release();
        }

        await store.MakeWholeAsync(file, cancellationToken);
        await HashAsync(file, cancellationToken);
        await spool.SyncAsync(file, cancellationToken);
        var stored = covers && file.Checksum is not null && !MayBeHidden(file) ? await spool.Inner.FindAsync(path, cancellationToken) : null;
        return new Prepared(file, file.Version, path) { Stored = stored is { IsFolder: false } && stored.Checksum == file.Checksum && stored.Size == file.Length ? stored : null };
    }

    /// <summary>Whether another content that was on its way to the name may yet appear there, over what is seen stored now.</summary>
    private bool MayBeHidden(StagedFile file)
    {
        lock (Overlay.Gate)
            return file.Node?.Astray.Any(a => a != file.Checksum) == true;
    }

    private async Task HashAsync(StagedFile file, CancellationToken cancellationToken)
    {
        if (file.Checksum is not null || !spool.Inner.Traits.Checksums)
            return;
        var version = file.Version;
        await using var content = new SpoolStream(file, file.Length);
        file.SetChecksum(await Whirlpool.HashDataAsync(content, cancellationToken), version);
    }
}

using OneFichier.Hashing;

namespace OneFichier.Drive.Staging;

/// <summary>Sends files that are finished, a batch at a time.</summary>
internal sealed class SendFiles(Spool spool, SpoolStore store)
{
    private readonly Lock _gate = new();
    private Sending? _sending;

    private Overlay Overlay => spool.Overlay;

    /// <summary>Calls off sending what lies at a path or below it, and returns when nothing of it is being sent.</summary>
    public async Task LetGoAsync(VolumePath path)
    {
        Sending? sending;
        lock (_gate)
            sending = _sending;
        if (sending is null)
            return;
        lock (Overlay.Gate)
        {
            if (!sending.Files.Any(f => f.New.Path.IsWithin(path)))
                return;
        }

        await sending.CallOffAsync();
    }

    public async Task<RoundOutcome> RunAsync(HashSet<object>? failed, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        var ready = new List<(StagedFile File, long Version)>();
        var stored = false;
        foreach (var file in Batch(failed))
        {
            try
            {
                if (await PrepareAsync(file, cancellationToken) is { } found)
                    stored |= await StoredAlreadyAsync(file, found, cancellationToken);
                else
                    ready.Add((file, file.Version));
            }
            catch (Exception e) when (e is FichierException or IOException)
            {
                failure ??= e;
                Failed(file, e, failed);
            }
        }

        var outcome = new RoundOutcome(stored, false, failure);
        return ready.Count == 0 ? outcome : outcome.And(await SendAsync(ready, failed, cancellationToken));
    }

    /// <summary>The files that go together: small ones up to a number and a size, or one large one.</summary>
    private List<StagedFile> Batch(HashSet<object>? failed)
    {
        lock (Overlay.Gate)
        {
            var ready = Overlay.Files.Values
                .Where(f => f is { Dirty: true, Writers: 0, Node: not null, IsHard: true } && (failed is null ? f.Retry.At <= spool.Now : !failed.Contains(f)));
            var batch = new List<StagedFile>();
            var bytes = 0L;
            foreach (var file in ready.OrderBy(f => f.Length).Take(Math.Max(1, spool.Inner.Traits.PutBatch)))
            {
                bytes += file.Length;
                if (batch.Count > 0 && bytes > spool.Options.BatchBytes)
                    break;
                batch.Add(file);
            }

            return batch;
        }
    }

    /// <summary>Brings together what the file needs, and makes room for it.</summary>
    /// <returns>What is stored, when that is the very content already.</returns>
    private async Task<Entry?> PrepareAsync(StagedFile file, CancellationToken cancellationToken)
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
        var stored = covers && file.Checksum is not null ? await spool.Inner.FindAsync(path, cancellationToken) : null;
        return stored is { IsFolder: false } && stored.Checksum == file.Checksum && stored.Size == file.Length ? stored : null;
    }

    private async Task HashAsync(StagedFile file, CancellationToken cancellationToken)
    {
        if (file.Checksum is not null || !spool.Inner.Traits.Checksums)
            return;
        var version = file.Version;
        await using var content = new SpoolStream(file, file.Length);
        file.SetChecksum(await Whirlpool.HashDataAsync(content, cancellationToken), version);
    }

    /// <summary>What an earlier attempt brought there, or somebody else: only its time may have to be set.</summary>
    private async Task<bool> StoredAlreadyAsync(StagedFile file, Entry stored, CancellationToken cancellationToken)
    {
        var sent = new SentFile(file, New(file, stored.Path));
        if (stored.ModTime != file.ModTime && spool.Inner.Traits.SetsTimes)
            stored = (await StagedTimes.StoredAsync(spool, stored, file.ModTime, cancellationToken)).Entry ?? stored;
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            lock (Overlay.Gate)
            {
                if (!IsReady(file, file.Version) || file.Node!.Path != stored.Path || file.Checksum != stored.Checksum)
                    return false;
                Stored(sent, stored);
            }
        }
        finally
        {
            spool.Names.Release();
        }

        spool.Sweep(file);
        return true;
    }

    private async Task<RoundOutcome> SendAsync(List<(StagedFile File, long Version)> ready, HashSet<object>? failed, CancellationToken cancellationToken)
    {
        using var sending = new Sending(cancellationToken);
        await BeginAsync(ready, sending, cancellationToken);
        try
        {
            if (sending.Files.Count == 0)
                return new RoundOutcome(false, Interrupted: true);
            var results = await spool.Inner.PutAsync([.. sending.Files.Select(f => f.New)], null, sending.Token);
            return Settle(sending, results, failed);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return sending.Token.IsCancellationRequested ? new RoundOutcome(false, Interrupted: true) : throw new IOException("Sending was given up.", e);
        }
        finally
        {
            End(sending);
        }
    }

    /// <summary>From here on who changes one of the files calls the sending off first. It is written down that they may be stored.</summary>
    private async Task BeginAsync(List<(StagedFile File, long Version)> ready, Sending sending, CancellationToken cancellationToken)
    {
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            lock (Overlay.Gate)
            {
                foreach (var (file, _) in ready.Where(r => IsReady(r.File, r.Version)))
                    sending.Files.Add(new SentFile(file, New(file, file.Node!.Path)));
                var nodes = sending.Files.Select(f => f.File.Node!).ToList();
                store.Try(nodes.SelectMany(n => n.Above()));
                spool.Journal.Append([.. nodes.Where(n => !n.Covers).Select(n => Overlay.NameRecord(n) with { Covers = true })]);
                foreach (var node in nodes)
                    (node.Covers, node.File!.Sending) = (true, true);
            }

            lock (_gate)
                _sending = sending;
        }
        finally
        {
            spool.Names.Release();
        }

        await spool.Journal.SyncAsync(cancellationToken);
    }

    private static bool IsReady(StagedFile file, long version) => file is { Dirty: true, Writers: 0, Node: not null, IsWhole: true } && file.Version == version;

    private static NewFile New(StagedFile file, VolumePath path) =>
        new(path, file.Length, _ => new ValueTask<Stream>(new SpoolStream(file, file.Length))) { ModTime = file.ModTime, Checksum = file.Checksum };

    private RoundOutcome Settle(Sending sending, IReadOnlyList<ItemResult> results, HashSet<object>? failed)
    {
        var outcome = new RoundOutcome(false);
        foreach (var (sent, result) in sending.Files.Zip(results))
        {
            if (result.Error is { } error)
            {
                Failed(sent.File, error, failed);
                outcome = outcome.And(new RoundOutcome(false, false, error));
                continue;
            }

            outcome = outcome with { Progress = true };
            lock (Overlay.Gate)
                Stored(sent, result.Entry!);
        }

        return outcome;
    }

    private void Stored(SentFile sent, Entry stored)
    {
        var file = sent.File;
        if (file.Node is not { } node)
            return;
        spool.Journal.Append(
        [
            .. node.Above().Where(n => n.Folder).Select(SpoolStore.StoredFolder),
            Overlay.NameRecord(node) with { Gone = node.Gone & ~Kinds.File, Covers = false },
            new SpoolRecord { Op = SpoolRecord.Forget, Id = file.Id },
        ]);
        file.BecomeStored(stored);
        foreach (var above in node.Above().Where(n => n.Folder).ToList())
            Overlay.Apply(SpoolStore.StoredFolder(above));
        Overlay.Apply(Overlay.NameRecord(node) with { Gone = node.Gone & ~Kinds.File, Covers = false });
        Overlay.Apply(new SpoolRecord { Op = SpoolRecord.Forget, Id = file.Id });
    }

    private void Failed(StagedFile file, Exception reason, HashSet<object>? failed)
    {
        failed?.Add(file);
        lock (Overlay.Gate)
            file.Retry.Failed(reason, spool.Options);
    }

    private void End(Sending sending)
    {
        lock (_gate)
            _sending = null;
        lock (Overlay.Gate)
        {
            foreach (var (file, _) in sending.Files)
                file.Sending = false;
        }

        foreach (var (file, _) in sending.Files)
            spool.Sweep(file);
        sending.Ended();
    }
}

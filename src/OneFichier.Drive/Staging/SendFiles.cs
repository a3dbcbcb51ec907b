using OneFichier.Hashing;

namespace OneFichier.Drive.Staging;

/// <summary>Sends files that are finished: small ones a batch at a time, large ones each by itself beside them.</summary>
internal sealed class SendFiles(Spool spool, SpoolStore store, CancellationToken stop)
{
    /// <summary>How long a content of which nobody learnt what became of it may still appear.</summary>
    private static readonly TimeSpan AstrayTime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly List<Sending> _sendings = [];

    public SendLanes Lanes { get; } = new();

    private Overlay Overlay => spool.Overlay;

    /// <summary>Calls off sending what lies at a path or below it, and returns when nothing of it is being sent.</summary>
    public async Task LetGoAsync(VolumePath path)
    {
        List<Sending> sendings;
        lock (_gate)
            sendings = [.. _sendings];
        lock (Overlay.Gate)
            sendings.RemoveAll(s => !s.Files.Any(f => f.New.Path.IsWithin(path)));
        await Task.WhenAll(sendings.Select(s => s.CallOffAsync()));
    }

    public async Task<RoundOutcome> RunAsync(Unsent? failed, CancellationToken cancellationToken)
    {
        var (batch, large) = Ready(failed);
        foreach (var file in large)
            Lanes.Start(file, () => SendLargeAsync(file, failed));
        return await SendAsync(batch, failed, cancellationToken) with { Busy = Lanes.IsBusy };
    }

    private async Task<RoundOutcome> SendLargeAsync(StagedFile file, Unsent? failed)
    {
        try
        {
            return await SendAsync([file], failed, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            Failed(file, e, failed);
            return new RoundOutcome(false, false, e);
        }
    }

    private async Task<RoundOutcome> SendAsync(IReadOnlyList<StagedFile> batch, Unsent? failed, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        var ready = new List<Prepared>();
        var stored = false;
        foreach (var file in batch)
        {
            try
            {
                var prepared = await PrepareAsync(file, cancellationToken);
                if (prepared?.Stored is { } found)
                    stored |= await StoredAlreadyAsync(file, found, cancellationToken);
                else if (prepared is not null)
                    ready.Add(prepared);
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

    /// <summary>The small files that go together, up to a number and a size, and the large ones there is room for.</summary>
    private (List<StagedFile> Batch, List<StagedFile> Large) Ready(Unsent? failed)
    {
        lock (Overlay.Gate)
        {
            var ready = Overlay.Files.Values
                .Where(f => f is { Dirty: true, Writers: 0, Node: not null, IsHard: true } && !Lanes.Has(f) && (failed is null ? f.Retry.At <= spool.Now : !failed.Contains(f)))
                .OrderBy(f => f.Length)
                .ToLookup(f => f.Length > spool.Options.BatchBytes);
            var batch = new List<StagedFile>();
            var bytes = 0L;
            foreach (var file in ready[false].Take(Math.Max(1, spool.Inner.Traits.PutBatch)).TakeWhile(f => (bytes += f.Length) <= spool.Options.BatchBytes))
                batch.Add(file);
            return (batch, [.. ready[true].Take(Lanes.Free)]);
        }
    }

    /// <summary>Brings together what the file needs, and makes room for it.</summary>
    /// <returns><see langword="null"/> when it is no longer seen.</returns>
    private async Task<Prepared?> PrepareAsync(StagedFile file, CancellationToken cancellationToken)
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

    private async Task<RoundOutcome> SendAsync(List<Prepared> ready, Unsent? failed, CancellationToken cancellationToken)
    {
        using var sending = new Sending(cancellationToken);
        try
        {
            await BeginAsync(ready, sending, cancellationToken);
            if (sending.Files.Count == 0)
                return new RoundOutcome(false, Interrupted: true);
            var results = await spool.Inner.PutAsync([.. sending.Files.Select(f => f.New)], null, sending.Token);
            return Settle(sending, results, failed);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            if (MayBeStored(e.InnerException))
                sending.Unknown.UnionWith(sending.Files);
            return sending.Token.IsCancellationRequested ? new RoundOutcome(false, Interrupted: true) : throw new IOException("Sending was given up.", e);
        }
        finally
        {
            End(sending);
        }
    }

    /// <summary>From here on who changes one of the files calls the sending off first. It is written down that they may be stored.</summary>
    private async Task BeginAsync(List<Prepared> ready, Sending sending, CancellationToken cancellationToken)
    {
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            lock (Overlay.Gate)
            {
                foreach (var (file, _, path) in ready.Where(r => IsReady(r.File, r.Version) && r.File.Node!.Path == r.Path))
                    sending.Files.Add(new SentFile(file, New(file, path)));
                var nodes = sending.Files.Select(f => f.File.Node!).ToList();
                store.Try(nodes.SelectMany(n => n.Above()));
                spool.Journal.Append([.. nodes.Where(n => !n.Covers).Select(n => Overlay.NameRecord(n) with { Covers = true })]);
                foreach (var node in nodes)
                    (node.Covers, node.File!.Sending) = (true, true);
            }

            lock (_gate)
                _sendings.Add(sending);
        }
        finally
        {
            spool.Names.Release();
        }

        await spool.Journal.SyncAsync(cancellationToken);
    }

    private static bool MayBeStored(Exception? error) => error is FichierUnavailableException { MayHaveHappened: true };

    private static bool IsReady(StagedFile file, long version) => file is { Dirty: true, Writers: 0, Node: not null, IsWhole: true } && file.Version == version;

    private static NewFile New(StagedFile file, VolumePath path) =>
        new(path, file.Length, _ => new ValueTask<Stream>(new SpoolStream(file, file.Length))) { ModTime = file.ModTime, Checksum = file.Checksum };

    private RoundOutcome Settle(Sending sending, IReadOnlyList<ItemResult> results, Unsent? failed)
    {
        var outcome = new RoundOutcome(false);
        foreach (var (sent, result) in sending.Files.Zip(results))
        {
            if (result.Error is { } error)
            {
                if (MayBeStored(error))
                    sending.Unknown.Add(sent);
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
        node.Astray.Clear();
        file.BecomeStored(stored);
        foreach (var above in node.Above().Where(n => n.Folder).ToList())
            Overlay.Apply(SpoolStore.StoredFolder(above));
        Overlay.Apply(Overlay.NameRecord(node) with { Gone = node.Gone & ~Kinds.File, Covers = false });
        Overlay.Apply(new SpoolRecord { Op = SpoolRecord.Forget, Id = file.Id });
    }

    private void Failed(StagedFile file, Exception reason, Unsent? failed)
    {
        failed?.Add(file, reason);
        lock (Overlay.Gate)
            file.Retry.Failed(reason, spool.Options);
    }

    private void End(Sending sending)
    {
        lock (_gate)
            _sendings.Remove(sending);
        lock (Overlay.Gate)
        {
            foreach (var (file, _) in sending.Files)
                file.Sending = false;
            foreach (var (file, sent) in sending.Unknown.Where(s => s.File is { Dirty: true, Node: not null }))
            {
                file.Node!.Astray.Add(sent.Checksum);
                file.Node.AstrayUntil = spool.Now + (long)(AstrayTime.TotalSeconds * spool.Options.Time.TimestampFrequency);
            }
        }

        foreach (var (file, _) in sending.Files)
            spool.Sweep(file);
        sending.Ended();
    }
}

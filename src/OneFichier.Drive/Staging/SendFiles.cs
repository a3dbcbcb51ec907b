namespace OneFichier.Drive.Staging;

/// <summary>Sends files that are finished: small ones a batch at a time, large ones each by itself beside them.</summary>
internal sealed class SendFiles(Spool spool, SpoolStore store, CancellationToken stop)
{
    /// <summary>How long a content of which nobody learnt what became of it may still appear.</summary>
    private static readonly TimeSpan AstrayTime = TimeSpan.FromMinutes(10);

    private readonly SendChoice _choice = new(spool, store);
    private readonly SendResults _results = new(spool);
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
        var (batch, large) = _choice.Ready(Lanes, failed);
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
            _results.Failed(file, e, failed);
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
                var prepared = await _choice.PrepareAsync(file, cancellationToken);
                if (prepared is { Stored: { } found })
                    stored |= await _results.StoredAlreadyAsync(prepared, found, cancellationToken);
                else if (prepared is not null)
                    ready.Add(prepared);
            }
            catch (Exception e) when (e is FichierException or IOException)
            {
                failure ??= e;
                _results.Failed(file, e, failed);
            }
        }

        var outcome = new RoundOutcome(stored, false, failure);
        return ready.Count == 0 ? outcome : outcome.And(await SendAsync(ready, failed, cancellationToken));
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
            return _results.Settle(sending, results, failed);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            if (SendResults.MayBeStored(e.InnerException))
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
                sending.Files.AddRange(ready.Where(r => r.IsReady).Select(r => SentFile.Of(r.File, r.Path)));
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

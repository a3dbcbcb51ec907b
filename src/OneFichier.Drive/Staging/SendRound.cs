namespace OneFichier.Drive.Staging;

/// <summary>One round of sending: a batch of files, and when there are none left, folders and removals.</summary>
internal sealed class SendRound(Spool spool, SpoolStore store, CancellationToken stop)
{
    private readonly SendFiles _files = new(spool, store, stop);
    private readonly SendNames _names = new(spool, store);

    /// <summary>The pause after everything failed.</summary>
    public Retry Pause { get; } = new();

    /// <summary>Large files on their way beside the rounds.</summary>
    public SendLanes Lanes => _files.Lanes;

    public Task LetGoAsync(VolumePath path) => _files.LetGoAsync(path);

    /// <param name="failed">What is not tried again, though everything is without waiting; <see langword="null"/> to keep to the pauses.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public async Task<RoundOutcome> RunAsync(Unsent? failed, CancellationToken cancellationToken)
    {
        var ended = Lanes.Collect();
        if (ended != RoundOutcome.Nothing)
            Settled(ended);
        if (failed is null && Pause.At > spool.Now)
            return ended with { Busy = Lanes.IsBusy };
        try
        {
            await HardenAllAsync(cancellationToken);
            var files = await _files.RunAsync(failed, cancellationToken);
            if (files.Progress || files.Interrupted || files.Busy)
                return ended.And(Settled(files));
            var outcome = Settled(files.And(await _names.RunAsync(failed, cancellationToken)));
            SpoolRecovery.Shorten(spool);
            return ended.And(outcome);
        }
        catch (Exception e) when (e is FichierException or IOException)
        {
            Pause.Failed(e, spool.Options);
            return new RoundOutcome(false, false, e) { Busy = Lanes.IsBusy };
        }
    }

    /// <summary>How long until something that failed is to be tried again; <see langword="null"/> when nothing did.</summary>
    public TimeSpan? UntilRetry()
    {
        lock (spool.Overlay.Gate)
        {
            var times = Waiting().Select(r => r.At).Where(at => at > 0).ToList();
            if (times.Count == 0 && Pause.At == 0)
                return null;
            var at = Math.Max(Pause.At, times.Count == 0 ? 0 : times.Min());
            var left = spool.Options.Time.GetElapsedTime(spool.Now, at);
            return left > spool.Options.FirstPause ? left : spool.Options.FirstPause;
        }
    }

    private IEnumerable<Retry> Waiting() =>
        spool.Overlay.Files.Values.Where(f => f is { Dirty: true, Writers: 0, Sending: false, Node: not null }).Select(f => f.Retry)
            .Concat(spool.Overlay.Root.All().Where(n => n.Folder || SpoolStore.NeedsRemoval(n)).Select(n => n.Retry));

    private RoundOutcome Settled(RoundOutcome outcome)
    {
        if (outcome.Progress || outcome is { Failure: null, Busy: false })
            Pause.Succeeded();
        else if (outcome.Failure is { } failure && !ConcernsOne(failure))
            Pause.Failed(failure, spool.Options);
        return outcome;
    }

    private static bool ConcernsOne(Exception failure) =>
        StorageLimits.IsOf(failure) || failure is FichierRejectedException or NameTakenException or FolderNotEmptyException or PathNotFoundException;

    private async Task HardenAllAsync(CancellationToken cancellationToken)
    {
        List<StagedFile> soft;
        lock (spool.Overlay.Gate)
            soft = [.. spool.Overlay.Files.Values.Where(f => f is { Dirty: true, IsHard: false, Writers: 0, Node: not null })];
        foreach (var file in soft)
            await spool.HardenAsync(file, cancellationToken);
        if (soft.Count > 0)
            await spool.Journal.SyncAsync(cancellationToken);
    }
}

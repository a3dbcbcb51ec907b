namespace OneFichier.Drive.Sync;

/// <summary>Copies what need not be transferred: on the service, or from another file of the destination's disk. What cannot be copied is transferred.</summary>
internal sealed class CopyStep(RunContext run, BackupMover backups, SourceRemoval removal)
{
    private const int AtOnce = 100;

    private List<PlannedTransfer> _instead = [];

    /// <returns>What has to be transferred instead, those of one folder in a row.</returns>
    public async Task<IReadOnlyList<PlannedTransfer>> RunAsync(IReadOnlyList<PlannedCopy> copies)
    {
        _instead = [];
        var server = run.Destination.Feature<IServerSideCopy>();
        foreach (var folder in copies.GroupBy(c => c.Target.Parent))
        {
            foreach (var chunk in folder.Chunk(AtOnce))
                await CopyAsync(chunk, server);
        }

        return [.. _instead.OrderBy(t => t.Target.Parent.ToString(), StringComparer.Ordinal)];
    }

    private async Task CopyAsync(IReadOnlyList<PlannedCopy> copies, IServerSideCopy? server)
    {
        if (run.Stop.Closing)
            return;

        var ready = await ReadyAsync(copies);
        var (aside, stuck) = await backups.PutAsideAsync([.. ready.Where(c => c.Replaces is not null).Select(c => c.Target)]);
        foreach (var copy in ready.Where(c => stuck.Contains(c.Target)))
            run.Tally.GiveUp(copy.Target, 0);
        ready.RemoveAll(c => stuck.Contains(c.Target));
        try
        {
            await SettleAsync(ready, await AskAsync(ready, server), aside);
        }
        finally
        {
            await backups.PutBackAsync(aside);
        }
    }

    private async Task<List<PlannedCopy>> ReadyAsync(IReadOnlyList<PlannedCopy> copies)
    {
        var ready = new List<PlannedCopy>(copies.Count);
        foreach (var copy in copies)
        {
            if (!await run.MayReplaceAsync(copy.Target, copy.Replaces))
                run.Tally.GiveUp(copy.Target, 0);
            else if (copy.From.Link is not null || copy.From.Id is not null)
                ready.Add(copy);
            else if (await run.Destination.FindAsync(copy.From.Path, run.Token) is { IsFolder: false } from && from.Size == copy.Source.Size)
                ready.Add(copy with { From = from });
            else
                Instead(copy, new PathNotFoundException(copy.From.Path, EntryKind.File));
        }

        return ready;
    }

    private async Task<IReadOnlyList<ItemResult>> AskAsync(List<PlannedCopy> copies, IServerSideCopy? server)
    {
        try
        {
            run.Tally.Requested(1);
            return server is not null && copies.TrueForAll(c => server.CanCopy(c.From))
                ? await server.CopyAsync([.. copies.Select(c => (c.From, c.Target))], run.Token)
                : await run.Destination.PutAsync([.. copies.Select(Reading)], null, run.Token);
        }
        catch (Exception e) when (run.IsFailure(e))
        {
            return [.. copies.Select(c => new ItemResult(c.Target) { Error = e })];
        }
    }

    private NewFile Reading(PlannedCopy copy) => new(copy.Target, copy.Source.Size, async stop => await run.Destination.OpenAsync(copy.From.Path, default, stop))
    {
        ModTime = copy.Source.ModTime,
        Checksum = copy.Source.Checksum ?? copy.From.Checksum,
    };

    private async Task SettleAsync(List<PlannedCopy> copies, IReadOnlyList<ItemResult> results, HashSet<VolumePath> aside)
    {
        var done = new List<Entry>();
        var times = new List<PlannedTime>();
        foreach (var (copy, result) in copies.Zip(results))
        {
            if (await run.RefusalAsync(result, copy.Source with { Checksum = copy.Source.Checksum ?? copy.From.Checksum }) is { } error)
            {
                Instead(copy, error);
                continue;
            }

            aside.Remove(copy.Target);
            run.Tally.Copied(copy);
            done.Add(copy.Source);
            if (result.Entry is { } stored && copy.Source.ModTime is { } time && stored.ModTime != time)
                times.Add(new PlannedTime(stored, time));
        }

        await new TimeStep(run).RunQuietlyAsync(times);
        await removal.RemoveAsync(done);
    }

    private void Instead(PlannedCopy copy, Exception error)
    {
        if (error.IsFatal())
        {
            run.Tally.TransferFailed(copy.Target, 0, error);
            return;
        }

        var transfer = new PlannedTransfer(copy.Source, copy.Target, copy.Replaces);
        run.Tally.CopyBecomesTransfer(transfer, error);
        _instead.Add(transfer);
    }
}

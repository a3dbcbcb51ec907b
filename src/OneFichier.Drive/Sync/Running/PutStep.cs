namespace OneFichier.Drive.Sync;

/// <summary>Puts a batch of files of one folder.</summary>
internal sealed class PutStep(RunContext run, BackupMover backups)
{
    private readonly PutOptions _options = new() { Progress = new Notices(run) };

    /// <returns>The files of the source that are in the destination now.</returns>
    public async Task<IReadOnlyList<Entry>> RunAsync(IReadOnlyList<PlannedTransfer> batch)
    {
        var (aside, stuck) = await backups.PutAsideAsync([.. batch.Where(t => t.Replaces is not null).Select(t => t.Target)]);
        var ready = batch.Where(t => !stuck.Contains(t.Target)).ToArray();
        foreach (var transfer in batch.Where(t => stuck.Contains(t.Target)))
            run.Tally.GiveUp(transfer.Target, transfer.Source.Size);
        var done = new List<Entry>();
        try
        {
            foreach (var (transfer, result) in ready.Zip(await PutAsync(ready)))
                await SettleAsync(transfer, result, done, aside);
        }
        finally
        {
            await backups.PutBackAsync(aside);
        }

        return done;
    }

    private async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<PlannedTransfer> batch)
    {
        try
        {
            return await run.Destination.PutAsync([.. batch.Select(t => new SourceReader(run, t).File)], _options, run.Token);
        }
        catch (Exception e) when (run.IsFailure(e))
        {
            return [.. batch.Select(t => new ItemResult(t.Target) { Error = e })];
        }
    }

    private async ValueTask SettleAsync(PlannedTransfer transfer, ItemResult result, List<Entry> done, HashSet<VolumePath> aside)
    {
        var error = await run.RefusalAsync(result, transfer.Source);
        if (error is null)
            aside.Remove(transfer.Target);
        error ??= await run.SourceChangeAsync(transfer.Source);
        if (error is not null)
        {
            run.Tally.TransferFailed(transfer.Target, transfer.Source.Size, error);
            return;
        }

        run.Tally.Transferred(transfer.Target, transfer.Source.Size);
        done.Add(transfer.Source);
    }

    private sealed class Notices(RunContext run) : IProgress<TransferEvent>
    {
        public void Report(TransferEvent value)
        {
            if (value is TransferNotice notice)
                run.Tally.Notice(notice.Text);
        }
    }
}

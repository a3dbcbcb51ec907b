namespace OneFichier.Drive.Sync;

/// <summary>Transfers files, several batches at once, by the best way there is between the two volumes.</summary>
internal sealed class TransferStep(RunContext run, BackupMover backups, SourceRemoval removal)
{
    private readonly PutStep _put = new(run, backups);

    private readonly FetchStep? _fetch = run.Source.Feature<IFileFetcher>() is { } fetcher && run.Destination.Feature<IOnDisk>() is { } disk
        ? new FetchStep(run, fetcher, disk, backups)
        : null;

    /// <summary>How the transfers go together.</summary>
    public IEnumerable<IReadOnlyList<PlannedTransfer>> Batches(IEnumerable<PlannedTransfer> transfers) =>
        TransferBatches.Of(transfers, _fetch is null ? run.Destination.Traits.PutBatch : 1, run.Options.SessionBytes);

    public Task RunAsync(IEnumerable<PlannedTransfer> transfers) =>
        Parallel.ForEachAsync(Batches(transfers), new ParallelOptions { MaxDegreeOfParallelism = run.Options.Transfers, CancellationToken = run.Token }, async (batch, _) => await BatchAsync(batch));

    private async Task BatchAsync(IReadOnlyList<PlannedTransfer> batch)
    {
        try
        {
            if (await ReadyAsync(batch) is { Count: > 0 } ready)
                await removal.RemoveAsync(_fetch is null ? await _put.RunAsync(ready) : await _fetch.RunAsync(ready[0]));
            run.Tally.Requested(1);
        }
        catch (Exception e) when (run.IsFailure(e))
        {
            run.Tally.Failed(batch[0].Target, e);
        }
    }

    private async Task<List<PlannedTransfer>> ReadyAsync(IReadOnlyList<PlannedTransfer> batch)
    {
        var ready = new List<PlannedTransfer>(batch.Count);
        foreach (var transfer in batch)
        {
            try
            {
                if (await run.SourceChangeAsync(transfer.Source) is { } changed)
                    run.Tally.TransferFailed(transfer.Target, transfer.Source.Size, changed);
                else if (await run.MayReplaceAsync(transfer.Target, transfer.Replaces) && run.Stop.Admit(transfer.Source.Size))
                    ready.Add(transfer);
                else
                    run.Tally.GiveUp(transfer.Target, transfer.Source.Size);
            }
            catch (Exception e) when (run.IsFailure(e))
            {
                run.Tally.TransferFailed(transfer.Target, transfer.Source.Size, e);
            }
        }

        return ready;
    }
}

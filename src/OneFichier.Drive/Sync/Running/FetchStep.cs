namespace OneFichier.Drive.Sync;

/// <summary>Fetches files straight to the disk the destination lies on, so that what a broken run brought is not brought again.</summary>
internal sealed class FetchStep(RunContext run, IFileFetcher fetcher, IOnDisk disk, BackupMover backups)
{
    /// <returns>The file, if it is in the destination now.</returns>
    public async Task<IReadOnlyList<Entry>> RunAsync(PlannedTransfer transfer)
    {
        var (aside, stuck) = await backups.PutAsideAsync(transfer.Replaces is null ? [] : [transfer.Target]);
        if (stuck.Count > 0)
        {
            run.Tally.GiveUp(transfer.Target, transfer.Source.Size);
            return [];
        }

        try
        {
            await FetchAsync(transfer);
            aside.Clear();
            run.Tally.Transferred(transfer.Target, transfer.Source.Size);
            return [transfer.Source];
        }
        catch (Exception e) when (run.IsFailure(e))
        {
            run.Tally.TransferFailed(transfer.Target, transfer.Source.Size, e);
            return [];
        }
        finally
        {
            await backups.PutBackAsync(aside);
        }
    }

    private async Task FetchAsync(PlannedTransfer transfer)
    {
        await run.Folders.MakeAsync(transfer.Target.Parent);
        run.Tally.Begin(transfer.Target, transfer.Source.Size);
        var path = disk.DiskPath(transfer.Target);
        if (Path.Exists(path) && await run.Destination.FindAsync(transfer.Target, run.Token) is null)
            throw new NameTakenException(transfer.Target);

        var options = new FetchOptions { Progress = new Advances(run, transfer), Throttle = run.PassedAsync, PartPath = disk.PartPath(transfer.Target) };
        await fetcher.FetchAsync(transfer.Source, path, options, run.Token);
        var there = await run.Destination.FindAsync(transfer.Target, run.Token) ?? throw new IOException($"'{transfer.Target}' was fetched and is not there.");
        if (await run.RefusalAsync(new ItemResult(transfer.Target) { Entry = there }, transfer.Source) is { } wrong)
            throw wrong;
        if (transfer.Source.ModTime is { } time && run.Destination.Feature<IFileTimes>() is { } times && there.ModTime != time)
            await SetAsync(times, there, time);
    }

    private async Task SetAsync(IFileTimes times, Entry file, DateTimeOffset time)
    {
        if ((await times.SetTimesAsync([(file, time)], run.Token))[0].Error is { } error)
            throw error;
    }

    private sealed class Advances(RunContext run, PlannedTransfer transfer) : IProgress<TransferEvent>
    {
        public void Report(TransferEvent value)
        {
            if (value is TransferAdvanced advanced)
                run.Tally.Advance(new FileAdvanced(transfer.Target, advanced.Done, advanced.Total));
            else if (value is TransferNotice notice)
                run.Tally.Notice(notice.Text);
        }
    }
}

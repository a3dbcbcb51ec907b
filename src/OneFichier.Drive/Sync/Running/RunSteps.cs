namespace OneFichier.Drive.Sync;

/// <summary>The steps of a run in their order.</summary>
internal sealed class RunSteps
{
    private readonly RunContext _run;
    private readonly SyncPlan _plan;
    private readonly SourceRemoval _sources;
    private readonly RemovalStep _removals;
    private readonly TransferStep _transfers;
    private readonly CopyStep _copies;

    public RunSteps(RunContext run, SyncPlan plan)
    {
        (_run, _plan) = (run, plan);
        var backups = new BackupMover(run, plan);
        _sources = new SourceRemoval(run);
        _removals = new RemovalStep(run, backups);
        _transfers = new TransferStep(run, backups, _sources);
        _copies = new CopyStep(run, backups, _sources);
    }

    public async Task RunAsync()
    {
        _run.Tally.Start(_plan, _plan.Requests(_run.Source.Traits, _run.Destination.Traits, _transfers.Batches(_plan.Transfers).Count()));
        foreach (var note in _plan.Notes.Where(n => n.Error is not null))
            _run.Tally.Failed(note.Path, note.Error!);

        await GuardAsync(() => _removals.RunAsync([.. _plan.Cleared.Where(e => !e.IsFolder)], [.. _plan.Cleared.Where(e => e.IsFolder).Select(e => e.Path)]));
        var before = _run.Wanted.Deletes == DeleteOrder.Before;
        if (before)
            await GuardAsync(() => _removals.RunAsync(_plan.RemovedFiles, []));
        foreach (var folder in _plan.BareFolders())
            await GuardAsync(() => _run.Folders.MakeAsync(folder), folder);
        await GuardAsync(() => new RenameStep(_run, _sources).RunAsync(_plan.Renames));
        if (before)
            await GuardAsync(() => _removals.RunAsync([], _plan.RemovedFolders));
        await BringAsync();
        await GuardAsync(() => new TimeStep(_run).RunAsync(_plan.Times));
        await GuardAsync(() => _sources.RemoveAsync(_plan.Unchanged));
        if (!before)
            await RemoveLateAsync();
        await GuardAsync(_sources.RemoveFoldersAsync);
        if (_plan.TooManyDeletes)
            _run.Stop.Condemn(_plan.Notes.Select(n => n.Error).OfType<InvalidOperationException>().LastOrDefault() ?? new InvalidOperationException("More files would be removed than allowed."));
    }

    private async Task BringAsync()
    {
        var instead = await CopyAsync(_plan.Copies);
        await _transfers.RunAsync(_plan.Transfers.Concat(instead));
        await _transfers.RunAsync(await CopyAsync(_plan.Repeats));
    }

    private async Task<IReadOnlyList<PlannedTransfer>> CopyAsync(IReadOnlyList<PlannedCopy> copies)
    {
        IReadOnlyList<PlannedTransfer> instead = [];
        await GuardAsync(async () => instead = await _copies.RunAsync(copies));
        return instead;
    }

    private async Task RemoveLateAsync()
    {
        if (_plan.RemovedFiles.Count + _plan.RemovedFolders.Count == 0)
            return;

        if (_run.Tally.AnyFailed || _run.Stop.Limit != RunLimit.None)
            _run.Tally.RemovalsSkipped("What the source has not was not removed, because not everything else was done.");
        else
            await GuardAsync(() => _removals.RunAsync(_plan.RemovedFiles, _plan.RemovedFolders));
    }

    /// <summary>A step that fails as a whole, because a volume threw where it should have answered, fails alone.</summary>
    private async Task GuardAsync(Func<Task> step, VolumePath? about = null)
    {
        try
        {
            _run.Token.ThrowIfCancellationRequested();
            await step();
        }
        catch (Exception e) when (_run.IsFailure(e))
        {
            _run.Tally.Failed(about ?? _plan.DestinationRoot, e);
        }
    }
}

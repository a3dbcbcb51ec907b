namespace OneFichier.Drive.Sync.Running;

/// <summary>The steps of a run in their order.</summary>
internal sealed class RunSteps
{
    private readonly RunContext _run;
    private readonly SyncPlan _plan;
    private readonly PlanParts _parts;
    private readonly BackupMover _backups;
    private readonly SourceRemoval _sources;
    private readonly RemovalStep _removals;

    public RunSteps(RunContext run, SyncPlan plan)
    {
        (_run, _plan, _parts) = (run, plan, new PlanParts(plan));
        var folder = run.Wanted.BackupFolder;
        _backups = new BackupMover(run, run.Options.Backup ?? (folder is null ? null : new BackupPlace(run.Destination) { Folder = folder }));
        _sources = new SourceRemoval(run);
        _removals = new RemovalStep(run, _backups);
    }

    public async Task RunAsync()
    {
        _run.Tally.Start(_plan, Requests());
        foreach (var note in _plan.Notes.Where(n => n.Error is not null))
            _run.Tally.Failed(note.Path, note.Error!);

        var early = await RemoveEarlyAsync();
        await EachAsync(_parts.Folders, f => f, folder => _run.Folders.MakeAsync(_run.Destination, folder));
        await GuardAsync(() => new RenameStep(_run).RunAsync(_plan.Renames));
        var more = new List<PlannedTransfer>();
        await GuardAsync(async () => more.AddRange(await new CopyStep(_run, _backups, _sources).RunAsync(_plan.Copies)));
        await new TransferStep(_run, _backups, _sources).RunAsync(_plan.Transfers.Concat(more));
        await GuardAsync(() => new TimeStep(_run).RunAsync(_plan.Times));
        await GuardAsync(() => _sources.RemoveAsync(_plan.Unchanged));
        if (!early)
            await RemoveLateAsync();
        await GuardAsync(_sources.RemoveFoldersAsync);
    }

    /// <returns>Whether all removals are dealt with.</returns>
    private async Task<bool> RemoveEarlyAsync()
    {
        if (_plan.RemovedFiles.Count + _plan.RemovedFolders.Count == 0)
            return true;

        if (_plan.RemovedFiles.Count > _run.Wanted.MaxDelete)
        {
            var why = $"{_plan.RemovedFiles.Count} files would be removed, more than the {_run.Wanted.MaxDelete} that are allowed; nothing is removed.";
            _run.Tally.RemovalsSkipped(why);
            _run.Tally.Failed(VolumePath.Root, new InvalidOperationException(why));
            return true;
        }

        var before = _run.Wanted.Deletes == DeleteOrder.Before;
        await GuardAsync(() => before
            ? _removals.RunAsync(_plan.RemovedFiles, _plan.RemovedFolders)
            : _removals.RunAsync(_parts.FilesInTheWay, _parts.FoldersInTheWay));
        return before;
    }

    private async Task RemoveLateAsync()
    {
        if (_run.Tally.AnyFailed || _run.Stop.Limit != RunLimit.None)
        {
            _run.Tally.RemovalsSkipped("What the source has not was not removed, because not everything else was done.");
            return;
        }

        var (files, folders) = (_parts.FilesInTheWay.Select(f => f.Path).ToHashSet(), _parts.FoldersInTheWay.ToHashSet());
        await GuardAsync(() => _removals.RunAsync([.. _plan.RemovedFiles.Where(f => !files.Contains(f.Path))], [.. _plan.RemovedFolders.Where(f => !folders.Contains(f))]));
    }

    private async Task EachAsync<T>(IEnumerable<T> items, Func<T, VolumePath> path, Func<T, Task> act)
    {
        foreach (var item in items)
            await GuardAsync(() => act(item), path(item));
    }

    /// <summary>A step that fails as a whole, because a volume threw where it should have answered, fails alone.</summary>
    private async Task GuardAsync(Func<Task> step, VolumePath about = default)
    {
        try
        {
            _run.Token.ThrowIfCancellationRequested();
            await step();
        }
        catch (Exception e) when (_run.IsFailure(e))
        {
            _run.Tally.Failed(about, e);
        }
    }

    /// <summary>What the run costs at the least, where requests are counted.</summary>
    private int Requests()
    {
        const int AtOnce = 100;
        var sessions = TransferStep.Batches(_run, _plan.Transfers).Count();
        return !_run.Destination.Traits.Metered
            ? _run.Source.Traits.Metered ? sessions : 0
            : _plan.Folders.Count + _plan.Renames.Count + ((_plan.Copies.Count + AtOnce - 1) / AtOnce) + sessions + ((_plan.RemovedFiles.Count + AtOnce - 1) / AtOnce) + _plan.RemovedFolders.Count;
    }
}

using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>Carries out a plan word for word, in the order it is meant for, and fails where a word is not true.</summary>
internal sealed class PlanOnVolumes(IVolume source, IVolume destination)
{
    public async Task ApplyAsync(SyncPlan plan, DeleteOrder deletes)
    {
        foreach (var entry in plan.Cleared)
            await RemoveAsync(plan, entry);
        foreach (var folder in plan.Folders)
            await MakeAsync(folder);
        foreach (var rename in plan.Renames)
            Ok(await destination.MoveAsync([rename]));
        if (deletes == DeleteOrder.Before)
            await RemoveAsync(plan);
        foreach (var copy in plan.Copies)
            await CopyAsync(plan, copy, await CurrentAsync(copy.From.Path));
        foreach (var transfer in plan.Transfers)
            await SendAsync(plan, transfer);
        foreach (var copy in plan.Repeats)
            await CopyAsync(plan, copy, await CurrentAsync(copy.From.Path));
        foreach (var time in plan.Times)
            Ok(await destination.Feature<IFileTimes>()!.SetTimesAsync([(await CurrentAsync(time.File.Path), time.ModTime)]));
        if (deletes == DeleteOrder.After)
            await RemoveAsync(plan);
    }

    public async Task RemoveSourcesAsync(SyncPlan plan)
    {
        var moved = plan.Transfers.Select(t => t.Source).Concat(plan.Copies.Select(c => c.Source)).Concat(plan.Repeats.Select(c => c.Source)).Concat(plan.Unchanged);
        Ok(await source.RemoveAsync([.. moved.Select(e => e.Path)]));
    }

    private async Task RemoveAsync(SyncPlan plan)
    {
        foreach (var file in plan.RemovedFiles)
            await RemoveAsync(plan, file);
        Ok(await destination.RemoveAsync(plan.RemovedFolders));
    }

    private async Task RemoveAsync(SyncPlan plan, Entry entry)
    {
        if (!entry.IsFolder && plan.BackupOf(entry.Path) is { } backup)
            await BackAsync(entry.Path, backup);
        else
            Ok(await destination.RemoveAsync([entry.Path]));
    }

    private async Task BackAsync(VolumePath file, VolumePath backup)
    {
        await destination.MakeFolderAsync(backup.Parent);
        Ok(await destination.MoveAsync([new VolumeMove(file, backup)], replace: true));
    }

    private async Task MakeAsync(VolumePath folder)
    {
        Assert.Null(await destination.FindAsync(folder));
        Assert.NotNull(await destination.FindAsync(folder.Parent));
        await destination.MakeFolderAsync(folder);
    }

    private async Task SendAsync(SyncPlan plan, PlannedTransfer transfer)
    {
        await PrepareAsync(plan, transfer.Target, transfer.Replaces);
        var file = new NewFile(transfer.Target, transfer.Source.Size, async c => await source.OpenAsync(transfer.Source.Path, default, c)) { ModTime = transfer.Source.ModTime, Checksum = transfer.Source.Checksum };
        Ok(await destination.PutAsync([file]));
    }

    private async Task CopyAsync(SyncPlan plan, PlannedCopy copy, Entry from)
    {
        Assert.Equal(copy.Source.Checksum, from.Checksum);
        await PrepareAsync(plan, copy.Target, copy.Replaces);
        Ok(await destination.Feature<IServerSideCopy>()!.CopyAsync([(from, copy.Target)]));
        Ok(await destination.Feature<IFileTimes>()!.SetTimesAsync([(await CurrentAsync(copy.Target), copy.Source.ModTime!.Value)]));
    }

    private async Task PrepareAsync(SyncPlan plan, VolumePath target, Entry? replaces)
    {
        Assert.NotNull(await destination.FindAsync(target.Parent));
        Assert.Equal(replaces?.Checksum, (await destination.FindAsync(target))?.Checksum);
        if (replaces is not null && plan.BackupOf(target) is { } backup)
            await BackAsync(target, backup);
    }

    private async Task<Entry> CurrentAsync(VolumePath path) => await destination.FindAsync(path) ?? throw new PathNotFoundException(path, EntryKind.File);

    private static void Ok(IReadOnlyList<ItemResult> results) => Assert.All(results, r => Assert.Null(r.Error));
}

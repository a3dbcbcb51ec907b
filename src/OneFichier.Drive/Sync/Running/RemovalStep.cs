namespace OneFichier.Drive.Sync;

/// <summary>Removes from the destination what the source has not, or puts it aside.</summary>
internal sealed class RemovalStep(RunContext run, BackupMover backups)
{
    private const int AtOnce = 500;

    public async Task RunAsync(IReadOnlyList<Entry> files, IReadOnlyList<VolumePath> folders)
    {
        foreach (var chunk in files.Chunk(AtOnce))
            await RemoveFilesAsync(chunk);

        foreach (var chunk in folders.Chunk(AtOnce))
        {
            foreach (var (folder, result) in chunk.Zip(await run.Destination.RemoveAsync(chunk, run.Token)))
                Tell(folder, result.Error);
        }
    }

    private async Task RemoveFilesAsync(IReadOnlyList<Entry> files)
    {
        var same = new List<VolumePath>(files.Count);
        foreach (var file in files)
        {
            if (await run.MayReplaceAsync(file.Path, file))
                same.Add(file.Path);
        }

        if (backups.Wanted)
        {
            foreach (var path in (await backups.PutAsideAsync(same)).Aside)
                run.Tally.Removed(path);
            return;
        }

        foreach (var (path, result) in same.Zip(await run.Destination.RemoveAsync(same, run.Token)))
        {
            if (result.Error is null)
                run.Tally.Removed(path);
            else if (result.Error is not PathNotFoundException)
                run.Tally.Failed(path, result.Error);
        }
    }

    private void Tell(VolumePath folder, Exception? error)
    {
        if (error is null)
            run.Tally.RemovedFolder(folder);
        else if (error is FolderNotEmptyException)
            run.Tally.Surprise(folder, "The folder is not empty any more; it was left alone.");
        else if (error is not PathNotFoundException)
            run.Tally.Failed(folder, error);
    }
}

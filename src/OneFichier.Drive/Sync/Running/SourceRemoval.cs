using System.Collections.Concurrent;

namespace OneFichier.Drive.Sync;

/// <summary>With a move: removes from the source what is proven in the destination, unless somebody changed it meanwhile.</summary>
internal sealed class SourceRemoval(RunContext run)
{
    private const int AtOnce = 500;

    private readonly ConcurrentDictionary<VolumePath, bool> _touched = new();

    private bool Moving => run.Wanted.Kind == SyncKind.Move;

    public async Task RemoveAsync(IReadOnlyList<Entry> files)
    {
        if (!Moving)
            return;

        foreach (var chunk in files.Chunk(AtOnce))
            await RemoveChunkAsync(chunk);
    }

    /// <summary>A file is no longer in the source, so the folders above it may be empty.</summary>
    public void Left(VolumePath file)
    {
        for (var folder = file.Parent; folder != run.From.Root && folder.IsWithin(run.From.Root) && _touched.TryAdd(folder, true);)
            folder = folder.Parent;
    }

    /// <summary>Removes the folders of the source that lost their last file.</summary>
    public async Task RemoveFoldersAsync()
    {
        if (!Moving || !run.Options.RemoveEmptySourceFolders)
            return;

        var folders = _touched.Keys.OrderByDescending(f => f.Segments.Count).ToArray();
        foreach (var (folder, result) in folders.Zip(await run.Source.RemoveAsync(folders, run.Token)))
        {
            if (result.Error is null)
                run.Tally.SourceRemoved(folder, isFolder: true);
            else if (result.Error is not FolderNotEmptyException and not PathNotFoundException)
                run.Tally.Failed(folder, result.Error);
        }
    }

    private async Task RemoveChunkAsync(IReadOnlyList<Entry> files)
    {
        var same = new List<VolumePath>(files.Count);
        foreach (var file in files)
        {
            if (await run.SourceChangeAsync(file) is { } changed)
                run.Tally.Surprise(file.Path, $"It stays in the source: {changed.Message}");
            else
                same.Add(file.Path);
        }

        foreach (var (file, result) in same.Zip(await run.Source.RemoveAsync(same, run.Token)))
        {
            if (result.Error is null)
                Tell(file);
            else
                run.Tally.Failed(file, result.Error);
        }
    }

    private void Tell(VolumePath file)
    {
        run.Tally.SourceRemoved(file, isFolder: false);
        Left(file);
    }
}

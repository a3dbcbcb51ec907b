namespace OneFichier.Drive.Remote;

/// <summary>One call that removes: all files at once, across folders; folders after them, except those named before what is in them.</summary>
internal sealed class RemoveRun(VolumeContext volume)
{
    private readonly List<(int Index, RemoteEntry File)> _files = [];
    private readonly HashSet<VolumePath> _waiting = [];

    public async Task<IReadOnlyList<ItemResult>> RunAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken)
    {
        var results = new ItemResult[paths.Count];
        var last = LastWithin(paths);
        var folders = new List<int>();
        for (var n = 0; n < paths.Count; n++)
        {
            var path = paths[n];
            if (_waiting.Contains(path))
                await FlushAsync(paths, results, cancellationToken);
            results[n] = await OneAsync(path, () => LookAsync(n, path, cancellationToken), cancellationToken);
            if (results[n].Error is not null || _waiting.Contains(path))
                continue;
            if (last[path] == n)
            {
                folders.Add(n);
                continue;
            }

            await FlushAsync(paths, results, cancellationToken);
            results[n] = await OneAsync(path, () => RemoveFolderAsync(path, cancellationToken), cancellationToken);
        }

        await FlushAsync(paths, results, cancellationToken);
        foreach (var n in folders)
            results[n] = await OneAsync(paths[n], () => RemoveFolderAsync(paths[n], cancellationToken), cancellationToken);
        return results;
    }

    /// <summary>The last place of the list that names a folder or something in it.</summary>
    private static Dictionary<VolumePath, int> LastWithin(IReadOnlyList<VolumePath> paths)
    {
        var last = new Dictionary<VolumePath, int>();
        foreach (var (n, path) in paths.Index())
        {
            for (var at = path; !at.IsRoot; at = at.Parent)
                last[at] = n;
        }

        return last;
    }

    private static async Task<ItemResult> OneAsync(VolumePath path, Func<Task> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await act();
            return new ItemResult(path);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new ItemResult(path) { Error = e };
        }
    }

    private async Task LookAsync(int index, VolumePath path, CancellationToken cancellationToken)
    {
        if (path.IsRoot)
            throw MoveRules.TheRoot();
        var there = await volume.AllAtAsync(path, cancellationToken);
        if (there.Count == 0)
            throw new PathNotFoundException(volume.At(path), EntryKind.Any);
        if (there[0].IsFolder)
            return;
        _files.AddRange(there.Select(f => (index, f)));
        _waiting.Add(path);
    }

    private async Task FlushAsync(IReadOnlyList<VolumePath> paths, ItemResult[] results, CancellationToken cancellationToken)
    {
        var files = _files.ToList();
        _files.Clear();
        _waiting.Clear();
        var outcome = await OneAsync(default, () => volume.Tree.RemoveFilesAsync([.. files.Select(f => f.File)], cancellationToken), cancellationToken);
        foreach (var (index, file) in files.Where(f => outcome.Error is not null && volume.Remembered(f.File.Path.Path, f.File.Parent, f.File.File!.Link) is not null))
            results[index] = new ItemResult(paths[index]) { Error = outcome.Error };
    }

    /// <summary>Removes the folder, those of the same name it hides, and the files of its name.</summary>
    private async Task RemoveFolderAsync(VolumePath path, CancellationToken cancellationToken)
    {
        var there = await volume.AllAtAsync(path, cancellationToken);
        if (there.Count == 0)
            throw new PathNotFoundException(volume.At(path), EntryKind.Any);
        foreach (var _ in there.Where(e => e.IsFolder))
            await volume.Tree.RemoveFolderAsync(volume.At(path), cancellationToken);
        await volume.Tree.RemoveFilesAsync([.. there.Where(e => !e.IsFolder)], cancellationToken);
    }
}

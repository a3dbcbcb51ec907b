namespace OneFichier.Drive.Sync;

/// <summary>Names that are a file on one side and a folder on the other.</summary>
internal sealed class ClashLedger(SyncTree destination, List<PlanNote> notes, bool removes)
{
    private readonly HashSet<VolumePath> _blocked = [];
    private readonly Dictionary<VolumePath, Entry> _awaited = [];
    private readonly Dictionary<VolumePath, Entry> _files = [];

    /// <summary>Whether a folder cannot be made, or lies in one that cannot. A file gives way only to a folder that is known well.</summary>
    public bool Blocks(ComparedFolder folder)
    {
        if (!folder.MayRemove && _files.Remove(folder.Path))
            Block(folder.Path);
        return _blocked.Contains(folder.Path) || (!folder.Path.IsRoot && _blocked.Contains(folder.Path.Parent) && _blocked.Add(folder.Path));
    }

    /// <summary>What is to be done about the file of that name now.</summary>
    public ComparedItem? Settle(ComparedFolder folder, ComparedItem file, ComparedItem below)
    {
        var path = folder.Path.Combine(file.Name);
        if (file.Source is not null && below.Source is not null)
        {
            Note(path, "The source has a file and a folder of this name; only the folder takes part. Rename one of them.");
            file = file with { Source = null };
            if (below.Destination is not null || file.Destination is null)
                return null;
        }

        if (file.Source is not null && file.Destination is null && below.Destination is not null)
        {
            AwaitFolder(folder, path, file.Source);
            return null;
        }

        if (below.Source is null || file.Destination is null || below.Destination is not null)
            return file;
        ClearFile(folder, path, file.Destination);
        return null;
    }

    /// <summary>Takes the folders that are in the way out of what is removed, where they can go as a whole.</summary>
    public (IReadOnlyList<Entry> Cleared, IReadOnlyList<(VolumePath Folder, Entry File)> Sent) Clear(List<Entry> removed, List<VolumePath> folders)
    {
        if (_awaited.Count == 0)
            return ([.. _files.Values], []);
        var going = _awaited.Keys.Intersect(folders).ToHashSet();
        var goingThere = going.Select(destination.At).ToHashSet();
        foreach (var stuck in _awaited.Keys.Except(going))
            Note(stuck, "It is a file in the source and a folder in the destination that holds what is left out or in doubt. Remove or rename one of them.");
        var files = _files.Values.Concat(removed.Where(f => LiesIn(f.Path, goingThere))).ToList();
        removed.RemoveAll(f => LiesIn(f.Path, goingThere));
        var emptied = folders.Where(f => LiesIn(f, going)).Select(f => new Entry(destination.At(f), IsFolder: true)).ToList();
        folders.RemoveAll(f => LiesIn(f, going));
        return ([.. files, .. emptied], [.. going.Select(g => (g.Parent, _awaited[g]))]);
    }

    private static bool LiesIn(VolumePath path, HashSet<VolumePath> folders)
    {
        for (; !path.IsRoot; path = path.Parent)
        {
            if (folders.Contains(path))
                return true;
        }

        return false;
    }

    private void AwaitFolder(ComparedFolder folder, VolumePath path, Entry file)
    {
        if (removes && folder.MayRemove)
            _awaited.Add(path, file);
        else
            Note(path, $"It is a file in the source and a folder in the destination. {Advice()}");
    }

    private void ClearFile(ComparedFolder folder, VolumePath path, Entry file)
    {
        if (removes && folder.MayRemove)
            _files.Add(path, file);
        else
            Block(path);
    }

    private void Block(VolumePath path)
    {
        _blocked.Add(path);
        Note(path, $"It is a folder in the source and a file in the destination, so nothing in it is sent. {Advice()}");
    }

    private string Advice() => removes ? "Remove or rename one of them." : "Remove or rename one of them, or use sync, which removes what the source has not.";

    private void Note(VolumePath path, string text) => notes.Add(new PlanNote(destination.At(path), text, new NameTakenException(destination.At(path))));
}

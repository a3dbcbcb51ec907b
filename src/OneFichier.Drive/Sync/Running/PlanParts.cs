namespace OneFichier.Drive.Sync.Running;

/// <summary>What of a plan has to come before the rest, whatever the order asked for, and what it will cost.</summary>
internal sealed class PlanParts
{
    private readonly HashSet<VolumePath> _targets;
    private readonly HashSet<VolumePath> _above = [];

    public PlanParts(SyncPlan plan)
    {
        var targets = plan.Transfers.Select(t => t.Target).Concat(plan.Copies.Select(c => c.Target)).ToArray();
        _targets = [.. targets, .. plan.Renames.Select(r => r.To)];
        foreach (var target in targets)
            Climb(target.Parent);
        Folders = [.. plan.Folders.Where(f => !_above.Contains(f))];
        foreach (var folder in plan.Renames.Select(r => r.To.Parent).Concat(plan.Folders))
            Climb(folder);
        var blocking = plan.RemovedFolders.Where(_targets.Contains).ToHashSet();
        FilesInTheWay = [.. plan.RemovedFiles.Where(f => _above.Contains(f.Path) || IsUnder(f.Path, blocking))];
        FoldersInTheWay = [.. plan.RemovedFolders.Where(f => blocking.Contains(f) || IsUnder(f, blocking))];
    }

    /// <summary>Folders that no file brings with it.</summary>
    public IReadOnlyList<VolumePath> Folders { get; }

    /// <summary>Files to remove where a folder will be, or in a folder that makes room for a file.</summary>
    public IReadOnlyList<Entry> FilesInTheWay { get; }

    /// <summary>Folders to remove where a file will be, and those in them.</summary>
    public IReadOnlyList<VolumePath> FoldersInTheWay { get; }

    private void Climb(VolumePath folder)
    {
        for (; !folder.IsRoot && _above.Add(folder); folder = folder.Parent)
        {
        }
    }

    private static bool IsUnder(VolumePath path, HashSet<VolumePath> folders)
    {
        if (folders.Count == 0)
            return false;

        for (var above = path.Parent; !above.IsRoot; above = above.Parent)
        {
            if (folders.Contains(above))
                return true;
        }

        return false;
    }
}

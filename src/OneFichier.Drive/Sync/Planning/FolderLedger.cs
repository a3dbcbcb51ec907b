namespace OneFichier.Drive.Sync;

/// <summary>Which folders have to be made, and which can go.</summary>
internal sealed class FolderLedger
{
    private readonly List<VolumePath> _missing = [];
    private readonly HashSet<VolumePath> _missingSet = [];
    private readonly HashSet<VolumePath> _needed = [];
    private readonly List<VolumePath> _surplus = [];
    private readonly HashSet<VolumePath> _kept = [];

    public void Enter(ComparedFolder folder, bool emptyToo)
    {
        if (folder is { InSource: true, InDestination: false } && _missingSet.Add(folder.Path))
            _missing.Add(folder.Path);
        if (folder.InSource && emptyToo)
            Need(folder.Path);
        if (!folder.InSource)
            _surplus.Add(folder.Path);
        if (folder.InSource || folder.Keeps || !folder.MayRemove)
            Keep(folder.Path);
    }

    /// <summary>Something will be in the folder.</summary>
    public void Need(VolumePath folder)
    {
        for (; _missingSet.Contains(folder) && _needed.Add(folder) && !folder.IsRoot; folder = folder.Parent)
        {
        }
    }

    /// <summary>Something stays in the folder.</summary>
    public void Keep(VolumePath folder)
    {
        for (; _kept.Add(folder) && !folder.IsRoot; folder = folder.Parent)
        {
        }
    }

    /// <summary>Each after the one above it.</summary>
    public IEnumerable<VolumePath> Needed() => _missing.Where(_needed.Contains);

    /// <summary>Each after those in it.</summary>
    public List<VolumePath> Removable() => [.. _surplus.Where(f => !_kept.Contains(f)).Reverse()];
}

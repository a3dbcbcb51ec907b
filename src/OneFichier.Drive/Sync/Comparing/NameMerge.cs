namespace OneFichier.Drive.Sync;

/// <summary>Puts two sorted listings together, name by name, and asks the filter.</summary>
internal sealed class NameMerge(SyncTree source, SyncTree destination, TreeFilter filter, VolumePath folder)
{
    private readonly List<ComparedItem> _items = [];
    private string? _leftOut;

    public IReadOnlyList<ComparedItem> Items => _items;

    public bool Keeps { get; private set; }

    /// <summary>What both sides have of each name and kind. Of one name, a file comes before a folder.</summary>
    public static IEnumerable<(Entry? Left, Entry? Right)> Pairs(IReadOnlyList<Entry> left, IReadOnlyList<Entry> right)
    {
        for (int l = 0, r = 0; l < left.Count || r < right.Count;)
        {
            var order = l == left.Count ? 1 : r == right.Count ? -1 : string.CompareOrdinal(left[l].Name, right[r].Name);
            var name = (order <= 0 ? left[l] : right[r]).Name;
            var (mine, yours) = (Take(left, ref l, name), Take(right, ref r, name));
            if (mine.File is not null || yours.File is not null)
                yield return (mine.File, yours.File);
            if (mine.Folder is not null || yours.Folder is not null)
                yield return (mine.Folder, yours.Folder);
        }
    }

    public void Add(Entry? left, Entry? right)
    {
        var entry = (left ?? right)!;
        var path = folder.Combine(entry.Name);
        if (entry.IsFolder ? filter.Enters(path) : filter.Includes((left is null ? destination : source).Seen(entry, path)))
            _items.Add(new ComparedItem(left, right) { Error = right is null && entry.Name == _leftOut ? Taken(path) : null });
        else if (right is not null)
            LeaveOut(path);
    }

    /// <summary>What is left out stays, so nothing of the other kind can take its name.</summary>
    private void LeaveOut(VolumePath path)
    {
        Keeps = true;
        _leftOut = path.Name;
        if (_items.Count > 0 && _items[^1] is { Destination: null } last && last.Name == path.Name)
            _items[^1] = last with { Error = Taken(path) };
    }

    private NameTakenException Taken(VolumePath path) => new(destination.At(path));

    private static (Entry? File, Entry? Folder) Take(IReadOnlyList<Entry> entries, ref int at, string name)
    {
        Entry? file = null;
        Entry? folder = null;
        for (; at < entries.Count && entries[at].Name == name; at++)
            (file, folder) = entries[at].IsFolder ? (file, entries[at]) : (entries[at], folder);
        return (file, folder);
    }
}

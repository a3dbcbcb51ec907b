namespace OneFichier.Drive.Sync;

/// <summary>
/// Which files of the destination will still be what they are while copies are made: copies come after what is cleared and renamed, and before transfers and removals,
/// unless these come first.
/// </summary>
internal sealed class CopySources
{
    private readonly HashSet<object> _gone;
    private readonly HashSet<object> _used = [];

    public CopySources(SyncPlan plan, DeleteOrder deletes)
    {
        var removed = deletes == DeleteOrder.Before ? plan.RemovedFiles : [];
        _gone = [.. plan.Cleared.Concat(removed).Concat(plan.Copies.Select(c => c.Replaces).OfType<Entry>()).Select(Key), .. plan.Renames.Select(r => (object)r.From)];
        _used = [.. plan.Copies.Select(c => Key(c.From))];
    }

    /// <summary>Whether a copy can be made of it; from then on neither is touched by another copy.</summary>
    public bool TryUse(Entry from, Entry? replaces)
    {
        if (_gone.Contains(Key(from)) || (replaces is not null && (_used.Contains(Key(replaces)) || Key(replaces).Equals(Key(from)))))
            return false;
        _used.Add(Key(from));
        if (replaces is not null)
            _gone.Add(Key(replaces));
        return true;
    }

    private static object Key(Entry entry) => entry.Link is { } link ? link : entry.Path;
}

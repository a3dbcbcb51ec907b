namespace OneFichier.Drive;

/// <summary>What keeps an entry from being moved or removed, the same on every volume that can look before it acts.</summary>
internal static class MoveRules
{
    public static FichierException TheRoot() => new("The root can be neither moved nor replaced nor removed.");

    /// <param name="move">What is wanted.</param>
    /// <param name="find">What is at a path.</param>
    /// <param name="replace">Whether what is in the way may go.</param>
    /// <returns>What is moved, and what goes for it; whether a folder in the way is empty is still to be seen.</returns>
    public static (Entry Source, Entry? InTheWay) Check(VolumeMove move, Func<VolumePath, Entry?> find, bool replace)
    {
        if (move.From.IsRoot || move.To.IsRoot)
            throw TheRoot();
        var source = find(move.From) ?? throw new PathNotFoundException(move.From, EntryKind.Any);
        if (source.IsFolder && move.To != move.From && move.To.IsWithin(move.From))
            throw new FichierException($"The folder '{move.From}' cannot be moved into itself.") { Remedy = "Choose a destination outside of it." };
        if (find(move.To.Parent) is not { IsFolder: true })
            throw new PathNotFoundException(move.To.Parent, EntryKind.Folder);
        var inTheWay = move.From == move.To ? null : find(move.To);
        return inTheWay is not null && (!replace || inTheWay.IsFolder != source.IsFolder) ? throw new NameTakenException(move.To) : (source, inTheWay);
    }
}

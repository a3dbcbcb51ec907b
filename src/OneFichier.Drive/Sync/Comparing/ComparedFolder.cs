namespace OneFichier.Drive.Sync;

/// <summary>One folder of two trees, side by side.</summary>
/// <param name="Path">The folder, from the roots of the trees.</param>
/// <param name="Items">What takes part, in the order of the names; where one name is a file on one side and a folder on the other, two items follow each other.</param>
public sealed record ComparedFolder(VolumePath Path, IReadOnlyList<ComparedItem> Items)
{
    /// <summary>Whether the source has this folder and the filter does not leave it out.</summary>
    public bool InSource { get; init; }

    /// <summary>Whether the destination has it.</summary>
    public bool InDestination { get; init; }

    /// <summary>Whether what only the destination has may be removed: nothing here or above is in doubt.</summary>
    public bool MayRemove { get; init; } = true;

    /// <summary>Whether files that differ may be replaced: the source's listing is a fresh one.</summary>
    public bool MayReplace { get; init; } = true;

    /// <summary>Whether the destination's folder holds something that is left out, so that it cannot go as a whole.</summary>
    public bool Keeps { get; init; }

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<PlanNote> Notes { get; init; } = [];
}

/// <summary>A name in a folder of two trees: both files, both folders, or something that only one side has.</summary>
/// <param name="Source">What the source has; <see langword="null"/> for nothing.</param>
/// <param name="Destination">What the destination has; <see langword="null"/> only when it is known to have nothing.</param>
public sealed record ComparedItem(Entry? Source, Entry? Destination)
{
    /// <summary>Why the two could not be compared.</summary>
    public Exception? Error { get; init; }

    /// <summary>The name.</summary>
    public string Name => (Source ?? Destination)!.Name;

    /// <summary>Whether these are folders.</summary>
    public bool IsFolder => (Source ?? Destination)!.IsFolder;
}

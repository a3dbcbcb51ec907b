namespace OneFichier.Drive;

/// <summary>What is in a folder, and how far that can be relied on.</summary>
/// <param name="Entries">One entry for each name, in the order of the names' characters.</param>
public sealed record FolderContents(IReadOnlyList<Entry> Entries)
{
    /// <summary>Files that are kept under names which others of <see cref="Entries"/> show: older ones behind a newer, newest first, or behind a folder.</summary>
    public IReadOnlyList<Entry> Hidden { get; init; } = [];

    /// <summary>Whether nothing is missing. What is not in an incomplete listing may still be there: nothing may be removed or replaced because of it.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Why the folder could not be looked at now, when this is the last good listing in the place of a newer one.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Whether this is older than it should be.</summary>
    public bool Stale => Failure is not null;

    /// <summary>When the folder was looked at; <see langword="null"/> for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Sentences about what the user should know: files hidden behind a newer one of their name, names that cannot be shown.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Every entry, those of one name in a row, the one that is shown first.</summary>
    public IEnumerable<Entry> All() => Hidden.Count == 0 ? Entries : Entries.Concat(Hidden).OrderBy(e => e.Name, StringComparer.Ordinal);
}

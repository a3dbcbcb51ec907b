namespace OneFichier.Drive.Sync;

/// <summary>Which of several files stays.</summary>
public enum DedupeMode
{
    /// <summary>All; they are only shown.</summary>
    List,

    /// <summary>The newest.</summary>
    Newest,

    /// <summary>The oldest.</summary>
    Oldest,
}

/// <summary>Files that are one too many: of one name in one folder, or of one content anywhere. Pure: nothing is asked and nothing removed.</summary>
/// <param name="Groups">Two files or more each, in the order of the first path.</param>
public sealed record DedupePlan(IReadOnlyList<DedupeGroup> Groups)
{
    /// <summary>All that would be removed.</summary>
    public IEnumerable<Entry> Removed => Groups.SelectMany(g => g.Removed);

    /// <summary>The bytes that would be freed.</summary>
    public long Bytes => Removed.Sum(f => f.Size);

    /// <summary>Files that share a path, as the service allows; their contents may differ.</summary>
    public static DedupePlan ByName(IEnumerable<Entry> files, DedupeMode mode) => Of(files, f => f.Path, mode);

    /// <summary>Files that share size and checksum. Those without content, or whose checksum is not known, are left out.</summary>
    public static DedupePlan ByContent(IEnumerable<Entry> files, DedupeMode mode) => Of(files.Where(f => f is { Size: > 0, Checksum: not null }), f => (f.Size, f.Checksum), mode);

    /// <summary>Every file of a folder of the account, also those that are hidden behind a newer one of their name.</summary>
    public static IEnumerable<Entry> FilesOf(FolderView folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.All.Where(e => !e.IsFolder).Select(e => ToEntry(e.Path.Path, e.File!));
    }

    private static Entry ToEntry(VolumePath path, ListedFile file) => new(path, IsFolder: false)
    {
        Size = file.Size,
        Created = file.Uploaded,
        Checksum = file.Checksum,
        Link = file.Link,
        Id = file.Link.Url,
    };

    private static DedupePlan Of<TKey>(IEnumerable<Entry> files, Func<Entry, TKey> key, DedupeMode mode) where TKey : notnull =>
        new([.. files.Where(f => !f.IsFolder).GroupBy(key).Where(g => g.Skip(1).Any()).Select(g => DedupeGroup.Of(g, mode)).OrderBy(g => g.Files[0].Path.ToString(), StringComparer.Ordinal)]);
}

/// <summary>Files of which one would do.</summary>
/// <param name="Files">All of them, newest first; of one age in the order they were given.</param>
/// <param name="Kept">The one that stays; <see langword="null"/> when all do.</param>
public sealed record DedupeGroup(IReadOnlyList<Entry> Files, Entry? Kept)
{
    /// <summary>Those that go.</summary>
    public IEnumerable<Entry> Removed => Kept is null ? [] : Files.Where(f => !ReferenceEquals(f, Kept));

    internal static DedupeGroup Of(IEnumerable<Entry> files, DedupeMode mode)
    {
        IReadOnlyList<Entry> sorted = [.. files.OrderByDescending(f => f.Created ?? f.ModTime)];
        return new DedupeGroup(sorted, mode switch { DedupeMode.Newest => sorted[0], DedupeMode.Oldest => sorted[^1], _ => null });
    }
}

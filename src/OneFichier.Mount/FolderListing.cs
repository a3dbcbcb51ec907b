using OneFichier.Drive;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

/// <summary>What is in a folder as the kernel may see it: one entry for each name, none of a name it cannot hold.</summary>
internal sealed class FolderListing
{
    // The kernel gives up a whole listing for one name that is longer.
    private const int LongestShown = 1024;

    private FolderListing(IReadOnlyList<(byte[] Name, Entry Entry)> entries, long changes) => (Entries, Changes) = (entries, changes);

    public IReadOnlyList<(byte[] Name, Entry Entry)> Entries { get; }

    /// <summary>The folder's count of changes before it was listed.</summary>
    public long Changes { get; }

    public static FolderListing Of(FolderContents contents, long changes)
    {
        var entries = new List<(byte[], Entry)>(contents.Entries.Count);
        Entry? last = null;
        foreach (var entry in contents.Entries.OrderBy(e => e.Name, StringComparer.Ordinal).ThenByDescending(e => e.IsFolder))
        {
            if (last?.Name == entry.Name)
                continue;
            last = entry;
            if (entry.Name is not ("." or "..") && !entry.Name.Contains('\0', StringComparison.Ordinal) && FileNames.ToBytes(entry.Name) is { Length: > 0 and <= LongestShown } name)
                entries.Add((name, entry));
        }

        return new FolderListing(entries, changes);
    }
}

using System.Runtime.CompilerServices;
using OneFichier.Cli.Parsing;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>Listings of one folder or of all below it, with a word about what cannot be relied on.</summary>
internal static class Listing
{
    public static async IAsyncEnumerable<(VolumePath Folder, FolderContents Contents)> OfAsync(
        Call call, Spot spot, bool recursive, Func<VolumePath, bool>? enters = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (folder, contents) in spot.Volume.WalkAsync(spot.Path, recursive ? enters : _ => false, cancellationToken))
        {
            Freshness.Tell(call.Screen, spot, folder, contents);
            yield return (folder, contents);
        }
    }

    /// <summary>All files at an entry: itself, or all below a folder.</summary>
    public static async IAsyncEnumerable<Entry> FilesAsync(Call call, Spot spot, Entry entry, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!entry.IsFolder)
        {
            yield return entry;
            yield break;
        }

        await foreach (var (_, contents) in OfAsync(call, spot, recursive: true, null, cancellationToken))
        {
            foreach (var file in contents.Entries.Where(e => !e.IsFolder))
                yield return file;
        }
    }
}

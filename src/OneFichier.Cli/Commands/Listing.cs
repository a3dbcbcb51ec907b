using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>Listings of one folder or of all below it.</summary>
internal static class Listing
{
    public static async IAsyncEnumerable<FolderView> Of(
        RemoteTree tree, RemotePath folder, bool recursive, Refresh refresh, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!recursive)
        {
            yield return await tree.ListAsync(folder, refresh, cancellationToken);
            yield break;
        }

        await foreach (var view in tree.WalkAsync(folder, refresh, cancellationToken))
            yield return view;
    }

    /// <summary>A path as it is read from the folder it was listed from.</summary>
    public static string Below(RemotePath path, RemotePath folder)
    {
        var (whole, above) = (path.Path.ToString(), folder.Path.ToString());
        return above.Length == 0 ? whole : whole.Length == above.Length ? "" : whole[(above.Length + 1)..];
    }

    /// <summary>All files at an entry: itself, or all below a folder, each with its path from the folder that holds the entry.</summary>
    public static async IAsyncEnumerable<(RemoteEntry File, string Path)> FilesAsync(
        RemoteTree tree, RemoteEntry entry, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!entry.IsFolder)
        {
            yield return (entry, entry.Name);
            yield break;
        }

        var prefix = entry.Path.Path.IsRoot ? "" : entry.Name + "/";
        await foreach (var view in tree.WalkAsync(entry.Path, Refresh.WhenOld, cancellationToken))
        {
            foreach (var file in view.Entries.Where(e => !e.IsFolder))
                yield return (file, prefix + Below(file.Path, entry.Path));
        }
    }
}

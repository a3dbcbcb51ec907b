using OneFichier.Cli.Parsing;
using OneFichier.Drive;
using OneFichier.Names;

namespace OneFichier.Cli.Commands;

/// <summary>A remote file to fetch.</summary>
/// <param name="Spot">The place it was found at.</param>
/// <param name="Entry">What is known of it.</param>
/// <param name="Path">Its path as it is shown, and as it is made below the local folder.</param>
internal sealed record FetchItem(Spot Spot, Entry Entry, string Path)
{
    /// <summary>
    /// The path on this machine. Names of the service may be <c>.</c> or <c>..</c> or hold what no local name may; those stay encoded, so nothing is ever written outside the folder.
    /// </summary>
    public string LocalPath => Local(Path);

    /// <summary>The files at a place, and the folders below it, so that empty ones come too.</summary>
    public static async Task<(IReadOnlyList<FetchItem> Files, IReadOnlyList<string> Folders)> OfAsync(
        Call call, RemoteSession session, Place place, CancellationToken cancellationToken, Action<FolderContents>? look = null)
    {
        var spot = await session.OpenAsync(place, cancellationToken);
        if (place is LocalPlace)
            throw Terminal.CliException.Usage($"'{Terminal.Escaping.Visible(place.Text)}' is local.", "Name a remote path, as 1f:docs/a.txt.");

        var entry = await spot.FindAsync(EntryKind.Any, cancellationToken);
        if (!entry.IsFolder)
            return ([new FetchItem(spot, entry, entry.Name)], []);

        var (files, folders) = (new List<FetchItem>(), new List<string>());
        var prefix = entry.Path.IsRoot ? "" : entry.Name + "/";
        await foreach (var (folder, contents) in Listing.OfAsync(call, spot, recursive: true, null, cancellationToken))
        {
            look?.Invoke(contents);
            folders.Add(Local(prefix + spot.Below(folder)));
            files.AddRange(contents.Entries.Where(e => !e.IsFolder).Select(e => new FetchItem(spot, e, prefix + spot.Below(e.Path))));
        }

        return (files, folders);
    }

    private static string Local(string path) => System.IO.Path.Combine([.. path.Split('/').Where(s => s.Length > 0).Select(Safe)]);

    private static string Safe(string segment) =>
        segment is "." or ".." || segment.Contains('\0', StringComparison.Ordinal) || (OperatingSystem.IsWindows() && segment.AsSpan().ContainsAny(System.IO.Path.GetInvalidFileNameChars()))
            ? ServiceName.Encode(segment)
            : segment;
}

using OneFichier.Cli.Parsing;
using OneFichier.Drive;
using OneFichier.Names;

namespace OneFichier.Cli.Commands;

/// <summary>A remote file to fetch.</summary>
/// <param name="Client">The account to fetch it with.</param>
/// <param name="Source">What is known of it.</param>
/// <param name="Path">Its path as it is shown, and as it is made below the local folder.</param>
/// <param name="ModTime">When its content was last changed, where that is known.</param>
internal sealed record FetchItem(FichierClient Client, DownloadSource Source, string Path, DateTimeOffset? ModTime)
{
    /// <summary>The path in the account, where it is known.</summary>
    public string FullPath { get; init; } = Path;

    /// <summary>
    /// The path on this machine. Names of the service may be <c>.</c> or <c>..</c> or hold what no local name may; those stay encoded, so nothing is ever written outside the folder.
    /// </summary>
    public string LocalPath => Local(Path);

    /// <summary>The folders below a place, so that empty ones come too.</summary>
    public static async Task<IReadOnlyList<string>> FoldersOfAsync(RemoteSession session, Place place, CancellationToken cancellationToken)
    {
        if (place is not RemotePlace || await session.FindAsync(place, EntryKind.Any, cancellationToken) is not { IsFolder: true } entry)
            return [];

        var tree = await session.TreeAsync(place, cancellationToken);
        var views = tree.WalkAsync(entry.Path, Refresh.WhenOld, cancellationToken);
        return await views.Select(v => Local($"{entry.Name}/{Listing.Below(v.Path, entry.Path)}")).ToListAsync(cancellationToken);
    }

    /// <summary>The files at a place.</summary>
    public static async Task<IReadOnlyList<FetchItem>> OfAsync(RemoteSession session, Place place, DirectLinkOptions link, CancellationToken cancellationToken)
    {
        var tree = await session.TreeAsync(place, cancellationToken);
        switch (place)
        {
            case SharePlace share:
                var shared = await tree.Client.Shares.ListAsync(share.Share, link.Password, cancellationToken);
                return [.. shared.Select(f => new FetchItem(tree.Client, new DownloadSource(f.Link, f.Size, null), f.Name.Replace('/', '\uFF0F'), null))];
            case LinkPlace at:
                var details = EmptyFile.Shown(await tree.Client.Files.GetAsync(at.Link, link.Password, cancellationToken));
                return [new FetchItem(tree.Client, DownloadSource.Of(details), details.Name.Replace('/', '\uFF0F'), null)];
            default:
                var entry = await session.FindAsync(place, EntryKind.Any, cancellationToken);
                var files = Listing.FilesAsync(tree, entry, cancellationToken);
                return await files.Select(f => new FetchItem(tree.Client, DownloadSource.Of(f.File.File!), f.Path, f.File.File!.ModTime) { FullPath = f.File.Path.ToString() }).ToListAsync(cancellationToken);
        }
    }

    private static string Local(string path) => System.IO.Path.Combine([.. path.Split('/').Where(s => s.Length > 0).Select(Safe)]);

    private static string Safe(string segment) =>
        segment is "." or ".." || segment.Contains('\0', StringComparison.Ordinal) || (OperatingSystem.IsWindows() && segment.AsSpan().ContainsAny(System.IO.Path.GetInvalidFileNameChars()))
            ? ServiceName.Encode(segment)
            : segment;
}

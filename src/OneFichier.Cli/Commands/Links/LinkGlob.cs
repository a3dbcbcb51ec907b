using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>A remote path with <c>* ? [ ] { }</c> in it, as in rclone's filters; expanded here, at one listing for each folder that may hold what matches.</summary>
internal sealed class LinkGlob
{
    private readonly Spot _spot;
    private readonly VolumePath _folder;
    private readonly string _pattern;

    private LinkGlob(Spot spot, VolumePath folder, string pattern) => (_spot, _folder, _pattern) = (spot, folder, pattern);

    /// <summary>The glob a place is; <see langword="null"/> when it is none. A name that is there as it stands means itself.</summary>
    public static async Task<LinkGlob?> OfAsync(RemoteSession session, Place place, CancellationToken cancellationToken)
    {
        if (place is not RemotePlace at || !at.Path.Path.Segments.Any(IsPattern))
            return null;

        var names = at.Path.Path.Segments.ToList();
        var spot = await session.OpenAsync(place, cancellationToken);
        for (var first = names.FindIndex(IsPattern); first >= 0; first = names.FindIndex(first + 1, IsPattern))
        {
            var folder = VolumePath.Parse(string.Join('/', names.Take(first)));
            if (!(await spot.Volume.ListAsync(folder, cancellationToken)).Entries.Any(e => e.Name == names[first]))
                return new LinkGlob(spot, folder, string.Join('/', names.Skip(first)));
        }

        return null;
    }

    /// <summary>The files that match, and all below folders that do.</summary>
    /// <exception cref="CliException">Nothing matches, or the pattern is malformed.</exception>
    public async Task<IReadOnlyList<FetchItem>> FilesAsync(Call call, Action<FolderContents> look, CancellationToken cancellationToken)
    {
        var filter = Filter(call);
        var from = _spot with { Path = _folder };
        var found = new List<FetchItem>();
        await foreach (var (_, contents) in Listing.OfAsync(call, from, recursive: true, f => filter.Enters(Below(from, f)), cancellationToken))
        {
            look(contents);
            found.AddRange(contents.Entries.Where(e => !e.IsFolder && filter.Includes(e with { Path = Below(from, e.Path) })).Select(e => new FetchItem(_spot, e, from.Below(e.Path))));
        }

        return found.Count > 0 ? found : throw new CliException(ExitCodes.FileNotFound, $"No file matches '{Escaping.Visible(_spot.Place.Text)}'.");
    }

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny("*?[{");

    private static VolumePath Below(Spot from, VolumePath path) => VolumePath.Parse(from.Below(path));

    private TreeFilter Filter(Call call)
    {
        try
        {
            return new FilterBuilder(call.Time).Build(new FilterFlags { Include = ["/" + _pattern, $"/{_pattern}/**"] });
        }
        catch (FilterFlagException e)
        {
            throw CliException.Usage(e.Message, "Write \\ before a character that means itself.");
        }
    }
}

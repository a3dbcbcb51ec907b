using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

/// <summary>What the parameters of a request name: files and folders, by path, id, address or page link.</summary>
internal static class RestPlaces
{
    private static readonly string[] PathNames = ["path", "paths", "file", "files"];
    private static readonly string[] UrlNames = ["url", "urls", "link", "links", "id", "ids"];

    /// <summary>Every file that is named, in the order of the names; those that are not there come with the reason.</summary>
    public static async Task<IReadOnlyList<(string Named, Entry? File, Exception? Error)>> FilesAsync(this RestRequest request, CancellationToken cancellationToken)
    {
        List<(string, Entry?, Exception?)> found = [];
        foreach (var path in request.Input.All(PathNames))
            found.Add(await TryAsync(path, () => AtAsync(request, RestPaths.Path(path), cancellationToken)));
        foreach (var url in request.Input.All(UrlNames))
            found.Add(await TryAsync(url, () => MeantAsync(request, url, cancellationToken)));
        return found.Count > 0 ? found : throw RestPaths.Bad("Which file? Say path, or url.");
    }

    /// <summary>The one file that is named.</summary>
    public static async Task<Entry> FileAsync(this RestRequest request, CancellationToken cancellationToken) => await request.FilesAsync(cancellationToken) switch
    {
        [{ Error: { } error }] => throw error,
        [{ File: { } file }] => file,
        _ => throw RestPaths.Bad("This call is about one file."),
    };

    /// <summary>The folder that is named by path or id, which need not be there when it is named by path; <see langword="null"/> when none is.</summary>
    public static async Task<VolumePath?> FolderAsync(this RestRequest request, IReadOnlyList<string> pathNames, IReadOnlyList<string> idNames, CancellationToken cancellationToken)
    {
        var (path, id) = (request.Input.One(pathNames), request.Input.One(idNames));
        if (id is null)
            return path is null ? null : RestPaths.Path(path);
        if (path is not null)
            throw RestPaths.Bad("A folder is named by its path or by its id, not by both.");
        if (id == "0")
            return VolumePath.Root;
        return await request.State.Links.Finder.FindAsync(request.Session, id, cancellationToken) is { IsFolder: true } folder
            ? folder.Path
            : throw new PathNotFoundException(VolumePath.Root.Combine("?"), EntryKind.Folder);
    }

    private static async Task<(string, Entry?, Exception?)> TryAsync(string named, Func<Task<Entry>> find)
    {
        try
        {
            return (named, await find(), null);
        }
        catch (Exception e) when (e is PathNotFoundException or Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            return (named, null, e);
        }
    }

    private static async Task<Entry> AtAsync(RestRequest request, VolumePath path, CancellationToken cancellationToken) =>
        await request.Volume.FindAsync(path, cancellationToken) is { IsFolder: false } file ? file : throw new PathNotFoundException(path, EntryKind.File);

    private static async Task<Entry> MeantAsync(RestRequest request, string url, CancellationToken cancellationToken)
    {
        if (IdIn(url) is not { } id)
            return await AtAsync(request, RestPaths.Path(url), cancellationToken);
        return await request.State.Links.Finder.FindAsync(request.Session, id, cancellationToken) is { IsFolder: false } file
            ? file
            : throw new PathNotFoundException(VolumePath.Root.Combine(id), EntryKind.File);
    }

    private static string? IdIn(string url)
    {
        if (StableId.IsOne(url))
            return url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return null;
        if (FileLink.TryParse(url, out var link))
            return link.Id;
        return address.AbsolutePath.Split('/') is [.., "f", var id, _] && StableId.IsOne(id) ? id : throw RestPaths.Bad("That address is of no file here.");
    }
}

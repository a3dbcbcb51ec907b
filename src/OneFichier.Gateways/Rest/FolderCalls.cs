using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

internal static class FolderCalls
{
    private static readonly string[] Paths = ["path", "folder"];
    private static readonly string[] Ids = ["folder_id", "id", "did"];

    public static async Task<RestAnswer> ListAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var path = await request.FolderAsync(Paths, Ids, cancellationToken) ?? VolumePath.Root;
        var contents = await request.Volume.ListAsync(path, cancellationToken);
        foreach (var entry in contents.Entries)
            request.State.Links.Finder.Remember(request.Session, entry);
        var files = contents.Entries.Where(e => !e.IsFolder).Select(request.Told).ToList();
        string[] notes = [.. ListingNote.Of(contents) is { } doubt ? [doubt] : Array.Empty<string>(), .. contents.Notes];
        return new RestAnswer
        {
            Name = path.Name,
            Path = "/" + path,
            Count = files.Count,
            Items = files,
            SubFolders = [.. contents.Entries.Where(e => e.IsFolder).Select(e => new RestFolder(IdOf(e), e.Name, "/" + e.Path, e.Created is { } time ? ParisTime.Write(time) : null))],
            Notes = notes.Length > 0 ? notes : null,
        };
    }

    public static async Task<RestAnswer> CreateAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var above = await request.FolderAsync(Paths, Ids, cancellationToken);
        var path = request.Input.One("name") is { } name ? (above ?? VolumePath.Root).Combine(RestPaths.Name(name)) : above ?? VolumePath.Root;
        if (path.IsRoot)
            throw RestPaths.Bad("Which folder? Say path, or name.");
        await request.Volume.MakeFolderAsync(path, cancellationToken);
        var made = await request.Volume.FindAsync(path, cancellationToken);
        return new RestAnswer { Name = path.Name, Path = "/" + path, FolderId = made is null ? null : IdOf(made) };
    }

    public static async Task<RestAnswer> DeleteAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var path = await request.FolderAsync(Paths, Ids, cancellationToken) ?? VolumePath.Root;
        if (path.IsRoot)
            throw RestPaths.Bad("Which folder? The root stays.");
        if (await request.Volume.FindAsync(path, cancellationToken) is not { IsFolder: true })
            throw new PathNotFoundException(path, EntryKind.Folder);
        VolumeCalls.Done((await request.Volume.RemoveAsync([path], cancellationToken))[0]);
        return new RestAnswer { Removed = 1, Path = "/" + path };
    }

    private static string? IdOf(Entry folder) => long.TryParse(folder.Id, out _) ? folder.Id : StableId.Of(folder);
}

using System.Text.Json;

namespace OneFichier.Wire;

/// <summary>From the service's shapes to the nouns of the library.</summary>
internal static class Mapping
{
    public static IReadOnlyList<RemoteFile> Files(IEnumerable<FileListItem>? items) => [.. (items ?? []).Select(File).OfType<RemoteFile>()];

    public static RemoteFile? File(FileListItem item) => FileLink.TryParse(item.Url, out var link)
        ? new RemoteFile
        {
            Link = link,
            Name = Names.ServiceName.Decode(item.Filename ?? ""),
            StoredName = item.Filename ?? "",
            Size = item.Size ?? 0,
            Checksum = Hash(item.Checksum),
            Uploaded = ParisTime.Parse(item.Date),
            ContentType = item.HyphenContentType ?? item.UnderscoreContentType,
            HasPassword = item.Pass ?? false,
            UsesCdn = item.Cdn ?? false,
            HasAcl = item.Acl ?? false,
        }
        : null;

    public static FileDetails Details(FileInfoAnswer answer, FileLink? asked)
    {
        var acl = Acl(answer.Acl);
        return new FileDetails
        {
            Link = FileLink.TryParse(answer.Url, out var link) ? link : asked ?? FileLink.None,
            Name = Names.ServiceName.Decode(answer.Filename ?? throw Missing("file/info", "filename")),
            StoredName = answer.Filename,
            Size = answer.Size ?? throw Missing("file/info", "size"),
            Checksum = Hash(answer.Checksum),
            Uploaded = ParisTime.Parse(answer.Date),
            ContentType = answer.HyphenContentType ?? answer.UnderscoreContentType,
            HasPassword = answer.Pass ?? false,
            UsesCdn = answer.Cdn ?? false,
            HasAcl = acl is not null,
            Folder = answer.FolderId is { } id ? new FolderId(id) : null,
            FolderPath = answer.Path is { } path ? string.Join('/', path.Split('/').Select(Names.ServiceName.Decode)) : null,
            Description = answer.Description,
            NoSsl = answer.NoSsl ?? false,
            Inline = answer.Inline ?? false,
            Acl = acl,
        };
    }

    public static RemoteFolder? Folder(SubFolderItem item) => (item.Id ?? item.FolderId) is { } id && item.Name is { } name
        ? new RemoteFolder
        {
            Id = new FolderId(id),
            Name = Names.ServiceName.Decode(name),
            StoredName = name,
            Created = ParisTime.Parse(item.CreateDate),
            HasPassword = item.Pass ?? false,
            SharedBy = item.Email ?? item.User,
            Writable = item.Rw,
        }
        : null;

    public static FolderListing Listing(FolderListAnswer answer, FolderId asked, bool withFiles) => new()
    {
        Id = answer.FolderId is { } id ? new FolderId(id) : asked,
        Name = Names.ServiceName.Decode(answer.Name ?? ""),
        StoredName = answer.Name ?? "",
        Created = ParisTime.Parse(answer.CreateDate),
        HasPassword = answer.Pass ?? false,
        Folders = [.. (answer.SubFolders ?? []).Select(Folder).OfType<RemoteFolder>()],
        Files = withFiles ? Files(answer.Items) : null,
        Size = answer.Size,
        FileCount = withFiles ? answer.Files : null,
        PublicLink = ShareLink.TryParse(answer.Shared, out var share) ? share : null,
        Grants = [.. (answer.Shares ?? []).Where(s => s.Email is not null).Select(s => new FolderGrant(s.Email!, s.Rw ?? false, s.HideLinks ?? false))],
    };

    public static WireAcl? Acl(FileAcl? acl) => acl is null ? null : new WireAcl
    {
        Ip = [.. acl.Addresses],
        Country = [.. acl.Countries],
        Email = [.. acl.Emails],
        Premium = acl.PremiumOnly,
    };

    public static WhirlpoolHash? Hash(string? text) => WhirlpoolHash.TryParse(text, out var hash) ? hash : null;

    public static IReadOnlyList<FileLink> Links(IEnumerable<JsonElement>? urls) => [.. (urls ?? []).Select(Link).OfType<FileLink>()];

    public static FichierProtocolException Missing(string endpoint, string member) =>
        new($"The answer to {endpoint} lacks '{member}'.") { Remedy = "Try again; if it stays so, the service has changed: please report it." };

    private static FileLink? Link(JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Object when element.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String => url.GetString(),
            _ => null,
        };
        return FileLink.TryParse(text, out var link) ? link : null;
    }

    private static FileAcl? Acl(JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.Object } given)
        {
            return element is { ValueKind: JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True } flag && flag.ToString() is not ("0" or "") ? new FileAcl() : null;
        }

        var acl = given.Deserialize(WireJson.Default.WireAcl)!;
        var read = new FileAcl
        {
            Addresses = acl.Ip ?? [],
            Countries = acl.Country ?? [],
            Emails = acl.Email ?? [],
            PremiumOnly = acl.Premium ?? false,
        };
        return read is { Addresses.Count: 0, Countries.Count: 0, Emails.Count: 0, PremiumOnly: false } ? null : read;
    }
}

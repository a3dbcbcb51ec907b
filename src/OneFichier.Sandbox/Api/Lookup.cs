namespace OneFichier.Sandbox.Api;

/// <summary>Finds what calls speak of, and checks that the caller may.</summary>
internal static class Lookup
{
    /// <summary>The folder a call names, own or shared by another member; the root when it names none.</summary>
    public static StoredFolder Folder(ApiCall call, string field, string userField = "sharing_user") =>
        FolderOf(call, call.Body.Number(field) ?? 0, call.Body.Text(userField));

    public static StoredFolder FolderOf(ApiCall call, long id, string? sharingUser)
    {
        if (id == 0 && !string.IsNullOrEmpty(sharingUser))
            return call.World.FindAccount(sharingUser)?.Root ?? throw Refusal.NoSuchFolder;
        if (call.World.FindFolder(call.Member, id) is { } own)
            return own;
        var folder = call.World.Folders.GetValueOrDefault(id) ?? throw Refusal.NoSuchFolder;
        return ShareOf(call, folder) is null ? throw Refusal.NoSuchFolder : folder;
    }

    /// <summary>How the folder is shared with the caller; null when it is not.</summary>
    public static GroupShare? ShareOf(ApiCall call, StoredFolder folder) =>
        folder.SelfAndAncestors()
            .SelectMany(f => f.Shares)
            .FirstOrDefault(s => string.Equals(s.Email, call.Member.Email, StringComparison.OrdinalIgnoreCase));

    public static bool MayChange(ApiCall call, StoredFolder folder) =>
        folder.Owner == call.Member || ShareOf(call, folder) is { Writable: true };

    public static StoredFolder Changeable(ApiCall call, StoredFolder folder) =>
        MayChange(call, folder) ? folder : throw Refusal.NotAllowed;

    /// <summary>The file at an address, if the caller may see it.</summary>
    public static StoredFile? File(ApiCall call, string? url) =>
        Links.FileId(url) is { } id ? call.World.Files.GetValueOrDefault(id) : null;

    /// <summary>The file a call names by its address, or by folder and name.</summary>
    public static StoredFile FileNamed(ApiCall call)
    {
        if (call.Body.Text("url") is { Length: > 0 } url)
            return File(call, url) ?? throw Refusal.NotFound;
        var name = call.Body.Required("filename");
        var folder = Folder(call, "folder_id");
        return folder.Files.Values.FirstOrDefault(f => f.Name == name) ?? throw Refusal.NotFound;
    }

    /// <summary>Refuses a file whose password or access list keeps the caller out.</summary>
    public static void Admit(ApiCall call, StoredFile file)
    {
        if (call.Caller is not null && (file.Owner == call.Caller || ShareOf(call, file.Folder) is not null))
            return;
        if (file.Owner is { Locked: true })
            throw Refusal.OwnerLocked;
        if (file.Attributes?.Acl is { } acl && !Admits(acl, call))
            throw Refusal.NotAllowed;
        if (file.Attributes?.Password is not { } password)
            return;
        if (call.Body.Text("pass") is not { Length: > 0 } given)
            throw Refusal.PasswordMissing;
        if (given != password)
            throw Refusal.PasswordWrong;
    }

    /// <summary>The files of a batch that may be changed, by address; what is not there is left out or refuses all.</summary>
    public static List<StoredFile> Batch(ApiCall call, IReadOnlyList<string> urls, Func<StoredFile, bool> may)
    {
        if (urls.Count == 0)
            throw Refusal.Missing("urls");
        if (call.World.Limits.BatchSize < urls.Count)
            throw Refusal.Bad("urls, too many");
        var files = urls.Select(u => File(call, u)).OfType<StoredFile>().Where(may).Distinct().ToList();
        if (files.Count == 0 || (call.Behaviours.BatchesAreAllOrNothing && files.Count < urls.Count))
            throw Refusal.NotFound;
        return files;
    }

    public static string Name(ApiCall call, string name) =>
        Names.Accept(name, call.Behaviours.NamesInCalls, call.Behaviours.NamesCountBytes) ?? throw Refusal.BadName;

    private static bool Admits(AclRow acl, ApiCall call) =>
        (acl.Ip.Count == 0 || acl.Ip.Any(r => InRange(r, call.Origin.Address)))
        && (acl.Country.Count == 0 || acl.Country.Contains("FR", StringComparer.OrdinalIgnoreCase))
        && (acl.Email.Count == 0 || acl.Email.Contains(call.Caller?.Email, StringComparer.OrdinalIgnoreCase))
        && (acl.Premium == 0 || call.Caller is { Offer: not SandboxOffer.Free });

    private static bool InRange(string range, string address) =>
        System.Net.IPAddress.TryParse(address, out var ip)
        && (System.Net.IPNetwork.TryParse(range, out var network) ? network.Contains(ip) : range == address);
}

using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>folder/ls.</summary>
internal static class FolderListing
{
    public static JsonObject List(ApiCall call)
    {
        var folder = Lookup.Folder(call, "folder_id");
        var share = folder.Owner == call.Member ? null : Lookup.ShareOf(call, folder);
        var reply = ApiCall.Ok();
        reply["folder_id"] = folder.Id;
        reply["name"] = folder.Name;
        if (folder.Parent is not null)
            reply["create_date"] = call.Date(folder.Created);
        if (folder.SharePassword is not null)
            reply["pass"] = 1;
        if (folder.ShareId is not null && share is null)
            reply["shared"] = FolderSharing.Address(folder);
        DescribeShares(call, folder, reply);
        FileItems.SetArray(call, reply, "sub_folders", new JsonArray([.. Children(call, folder, share).Select(f => (JsonNode)Child(call, f))]));
        AddFiles(call, folder, share, reply);
        return reply;
    }

    private static IEnumerable<StoredFolder> Children(ApiCall call, StoredFolder folder, GroupShare? share) =>
        folder.Owner == call.Member || share is not null
            ? folder.Folders.Values
            : folder.SelfAndDescendants().Where(f => Lookup.ShareOf(call, f) is not null && (f.Parent is null || Lookup.ShareOf(call, f.Parent) is null));

    private static JsonObject Child(ApiCall call, StoredFolder folder)
    {
        var item = new JsonObject
        {
            ["id"] = folder.Id,
            ["name"] = folder.Name,
            ["create_date"] = call.Date(folder.Created),
            ["pass"] = folder.SharePassword is null ? 0 : 1,
        };
        if (folder.Owner == call.Member)
            return item;
        var share = Lookup.ShareOf(call, folder)!;
        item["user"] = folder.Owner!.Email;
        item["email"] = folder.Owner.Email;
        item["rw"] = share.Writable ? 1 : 0;
        item["hide_links"] = share.HideLinks ? 1 : 0;
        return item;
    }

    private static void DescribeShares(ApiCall call, StoredFolder folder, JsonObject reply)
    {
        if (folder.Owner != call.Member || folder.Shares.Count == 0)
            return;
        reply["shares"] = new JsonArray([.. folder.Shares.Select(s => (JsonNode)new JsonObject
        {
            ["email"] = s.Email,
            ["rw"] = s.Writable ? 1 : 0,
            ["hide_links"] = s.HideLinks ? 1 : 0,
        })]);
    }

    private static void AddFiles(ApiCall call, StoredFolder folder, GroupShare? share, JsonObject reply)
    {
        var mayList = folder.Owner == call.Member || share is not null;
        if (!call.Body.Flag("files"))
        {
            reply["size"] = call.Behaviours.NullFolderSize ? null : 0;
            reply["files"] = 0;
            return;
        }

        var listed = mayList ? call.World.Listed(folder).ToList() : [];
        reply["size"] = listed.Sum(f => f.File.Content.Size);
        reply["files"] = listed.Count;
        var items = listed.Take(call.World.Limits.ListingCap)
            .Select(f => (JsonNode)FileItems.Item(call, f.File, f.Name, share is { HideLinks: true }));
        FileItems.SetArray(call, reply, "items", new JsonArray([.. items]));
    }
}

using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>folder/share.</summary>
internal static class FolderSharing
{
    public static string Address(StoredFolder folder) => $"https://1fichier.com/dir/{folder.ShareId}";

    public static JsonObject Share(ApiCall call)
    {
        var folder = Lookup.Folder(call, "folder_id");
        if (folder.Owner != call.Member || folder.Parent is null)
            throw Refusal.NotAllowed;
        if (call.Body.Text("pass") is { Length: > 0 and < 6 })
            throw Refusal.BadPassword;
        if (call.Body.Has("share"))
            folder.ShareId = call.Body.Flag("share") ? folder.ShareId ?? call.World.Ids.ShareId() : null;
        if (call.Body.Has("pass"))
            folder.SharePassword = call.Body.Text("pass") is { Length: > 0 } pass ? pass : null;
        if (call.Body.Has("shares"))
            SetShares(call, folder);
        call.World.Record(folder);
        var reply = ApiCall.Ok();
        if (folder.ShareId is not null)
            reply["url"] = Address(folder);
        return reply;
    }

    private static void SetShares(ApiCall call, StoredFolder folder)
    {
        folder.Shares.Clear();
        foreach (var share in call.Body.Objects("shares"))
        {
            var hide = share.Flag("hide_links");
            folder.Shares.Add(new GroupShare(share.Required("email"), share.Flag("rw") && !hide, hide));
        }
    }
}

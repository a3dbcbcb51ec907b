using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>folder/mkdir, folder/mv and folder/rm.</summary>
internal static class FolderCalls
{
    public static JsonObject Make(ApiCall call)
    {
        var parent = Lookup.Changeable(call, Lookup.Folder(call, "folder_id"));
        var name = Lookup.Name(call, call.Body.Required("name"));
        var existing = call.World.FindChild(parent, name);
        if (existing is not null && call.Behaviours.ExistingFolder == ExistingFolderAnswer.Refuse)
            throw Refusal.OtherFolder;
        var folder = existing is not null && call.Behaviours.ExistingFolder == ExistingFolderAnswer.ReturnExisting
            ? existing
            : call.World.AddFolder(parent, name);
        var reply = ApiCall.Ok();
        reply["folder_id"] = folder.Id;
        reply["name"] = folder.Name;
        return reply;
    }

    public static JsonObject Move(ApiCall call)
    {
        var folder = Own(call);
        var rename = call.Body.Text("rename") is { Length: > 0 } text ? Lookup.Name(call, text) : null;
        var moves = call.Body.Has("destination_folder_id") && !(rename is not null && call.Behaviours.FolderRenameIgnoresDestination);
        if (!moves && rename is null)
            throw Refusal.Missing("destination_folder_id");
        var to = moves ? Lookup.Changeable(call, Lookup.Folder(call, "destination_folder_id", "destination_user")) : folder.Parent!;
        if (to.Owner != folder.Owner)
            throw Refusal.NotAllowed;
        if (to.SelfAndAncestors().Contains(folder))
            throw Refusal.IntoItself;
        var oldName = folder.Name;
        var newName = rename ?? oldName;
        if (call.World.FindChild(to, newName) is { } other && other != folder)
            throw Refusal.OtherFolder;
        call.World.MoveFolder(folder, to, newName);
        var reply = ApiCall.Ok();
        reply["message"] = "OK";
        reply["old_name"] = oldName;
        reply["new_name"] = newName;
        return reply;
    }

    public static JsonObject Remove(ApiCall call)
    {
        var folder = Own(call);
        var full = folder.Folders.Count > 0 || folder.Files.Count > 0;
        if (full && call.Behaviours.RefuseRemovingFullFolder)
            throw Refusal.FolderNotEmpty;
        call.World.RemoveFolder(folder);
        var reply = ApiCall.Ok();
        reply["message"] = "OK";
        return reply;
    }

    private static StoredFolder Own(ApiCall call)
    {
        if (!call.Body.Has("folder_id"))
            throw Refusal.Missing("folder_id");
        var folder = Lookup.Changeable(call, Lookup.Folder(call, "folder_id"));
        return folder.Parent is null ? throw Refusal.NotAllowed : folder;
    }
}

using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>file/mv, file/rename and file/cp.</summary>
internal static class FileMoves
{
    public static JsonObject Move(ApiCall call)
    {
        if (!call.Body.Has("destination_folder_id"))
            throw Refusal.Missing("destination_folder_id");
        var to = Lookup.Changeable(call, Lookup.Folder(call, "destination_folder_id", "destination_user"));
        var files = Lookup.Batch(call, call.Body.Texts("urls"), f => f.Owner is not null && Lookup.MayChange(call, f.Folder));
        var rename = NewName(call, files.Count);
        if (files.Any(f => f.Name == rename && f.Folder != to))
            throw Refusal.NothingRenamed;
        foreach (var file in files)
            RefuseTaken(call, to, rename ?? file.Name, file);
        var reply = ApiCall.Ok();
        foreach (var file in files)
        {
            var inPlace = file.Folder == to && call.Behaviours.MoveInPlaceKeepsName;
            call.World.MoveFile(file, to, inPlace ? file.Name : rename ?? file.Name);
            if (rename is not null)
                reply["filename"] = file.Name;
        }

        reply["moved"] = files.Count;
        reply["urls"] = FileItems.Texts(files.Select(f => f.Link));
        return reply;
    }

    public static JsonObject Rename(ApiCall call)
    {
        var wanted = call.Body.Objects("urls")
            .Select(u => (Url: u.Text("url") ?? "", Name: u.Text("filename") ?? ""))
            .DistinctBy(u => Links.FileId(u.Url), StringComparer.Ordinal)
            .ToList();
        var files = Lookup.Batch(call, [.. wanted.Select(w => w.Url)], f => f.Owner is not null && Lookup.MayChange(call, f.Folder));
        var plan = files
            .Select(f => (File: f, Name: Lookup.Name(call, wanted.First(w => Links.FileId(w.Url) == f.Id).Name)))
            .Where(p => p.File.Name != p.Name)
            .ToList();
        if (plan.Count == 0)
            throw Refusal.NothingRenamed;
        foreach (var (file, name) in plan)
            RefuseTaken(call, file.Folder, name, file);
        var urls = new JsonArray();
        foreach (var (file, name) in plan)
        {
            urls.Add((JsonNode)new JsonObject { ["url"] = file.Link, ["old_filename"] = file.Name, ["new_filename"] = name });
            call.World.RenameFile(file, name);
        }

        var reply = ApiCall.Ok();
        reply["renamed"] = urls.Count;
        reply["urls"] = urls;
        return reply;
    }

    public static JsonObject Copy(ApiCall call)
    {
        var field = call.Behaviours.CopyTakesDestination && !call.Body.Has("folder_id") ? "destination_folder_id" : "folder_id";
        var to = Lookup.Changeable(call, Lookup.Folder(call, field));
        var files = Lookup.Batch(call, call.Body.Texts("urls"), _ => true);
        foreach (var file in files)
            Lookup.Admit(call, file);
        var rename = NewName(call, files.Count);
        foreach (var file in files)
            RefuseTaken(call, to, rename ?? file.Name, null);
        var reply = ApiCall.Ok();
        var urls = new JsonArray();
        foreach (var file in files)
        {
            var copy = call.World.CopyFile(file, to, rename ?? file.Name);
            urls.Add((JsonNode)new JsonObject { ["from_url"] = file.Link, ["to_url"] = copy.Link });
        }

        if (rename is not null)
            reply["filename"] = rename;
        reply["copied"] = urls.Count;
        reply["urls"] = urls;
        return reply;
    }

    private static string? NewName(ApiCall call, int files)
    {
        if (call.Body.Text("rename") is not { Length: > 0 } name)
            return null;
        return files == 1 ? Lookup.Name(call, name) : throw Refusal.Bad("rename, one url only");
    }

    private static void RefuseTaken(ApiCall call, StoredFolder folder, string name, StoredFile? self)
    {
        if (call.Behaviours.RefuseExistingFileName && folder.Files.Values.Any(f => f != self && f.Name == name))
            throw Refusal.OtherFile;
    }
}

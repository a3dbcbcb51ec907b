using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>file/rm and file/scan.</summary>
internal static class FileCalls
{
    public static JsonObject Remove(ApiCall call)
    {
        var codes = call.Body.Objects("files")
            .GroupBy(f => Links.FileId(f.Text("url")) ?? "", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Text("code"), StringComparer.Ordinal);
        var urls = call.Body.Objects("files").Select(f => f.Text("url") ?? "").ToList();
        var files = Lookup.Batch(call, urls, f => f.Owner is null
            ? f.RemovalCode == codes.GetValueOrDefault(f.Id)
            : Lookup.MayChange(call, f.Folder));
        foreach (var file in files)
            call.World.RemoveFile(file);
        var reply = ApiCall.Ok();
        reply["removed"] = files.Count;
        reply["urls"] = FileItems.Texts(files.Select(f => f.Link));
        return reply;
    }

    public static JsonObject Scan(ApiCall call)
    {
        var file = Lookup.FileNamed(call);
        Lookup.Admit(call, file);
        if (call.Behaviours.VirusName.Length > 0 && file.Name.Contains(call.Behaviours.VirusName, StringComparison.OrdinalIgnoreCase))
        {
            call.World.RemoveFile(file);
            throw new Refusal(200, "Virus found, the file has been deleted", 411);
        }

        var reply = ApiCall.Ok();
        reply["date"] = call.Date(call.World.Now);
        return reply;
    }
}

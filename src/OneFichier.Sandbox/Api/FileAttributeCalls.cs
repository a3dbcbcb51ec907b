using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>file/chattr.</summary>
internal static class FileAttributeCalls
{
    public static JsonObject Change(ApiCall call)
    {
        var files = Lookup.Batch(call, call.Body.Texts("urls"), f => f.Owner is not null && Lookup.MayChange(call, f.Folder));
        var name = call.Body.Text("filename") is { Length: > 0 } text ? Lookup.Name(call, text) : null;
        if (name is not null && files.Count > 1)
            throw Refusal.Bad("filename, one url only");
        if (call.Body.Text("pass") is { Length: > 0 and < 6 })
            throw Refusal.BadPassword;
        foreach (var file in files)
        {
            if (name is not null)
                call.World.RenameFile(file, name);
            call.World.SetAttributes(file, Changed(call.Body, file.Attributes ?? new FileAttributesRow()));
        }

        var reply = ApiCall.Ok();
        reply["updated"] = files.Count;
        reply["urls"] = FileItems.Texts(files.Select(f => f.Link));
        return reply;
    }

    private static FileAttributesRow Changed(ApiBody body, FileAttributesRow old) => old with
    {
        Description = body.Has("description") ? body.Text("description") : old.Description,
        Password = body.Has("pass") ? body.Text("pass") is { Length: > 0 } pass ? pass : null : old.Password,
        NoSsl = body.Has("no_ssl") ? body.Flag("no_ssl") : old.NoSsl,
        Inline = body.Has("inline") ? body.Flag("inline") : old.Inline,
        Cdn = body.Has("cdn") ? body.Flag("cdn") : old.Cdn,
        Acl = body.Has("acl") ? Acl(body.Object("acl")) : old.Acl,
    };

    private static AclRow? Acl(ApiBody? acl)
    {
        if (acl is null)
            return null;
        var row = new AclRow
        {
            Ip = acl.Texts("ip"),
            Country = acl.Texts("country"),
            Email = acl.Texts("email"),
            Premium = acl.Flag("premium") ? 1 : 0,
        };
        return row.IsEmpty ? null : row;
    }
}

using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>file/info, of own files and of anyone's public ones.</summary>
internal static class FileInfoCall
{
    public static JsonObject Info(ApiCall call)
    {
        var file = Lookup.FileNamed(call);
        Lookup.Admit(call, file);
        var reply = call.Behaviours.InfoStatus ? ApiCall.Ok() : [];
        Describe(call, file, reply);
        if (file.Owner == call.Member)
            DescribeToOwner(call, file, reply);
        return reply;
    }

    private static void Describe(ApiCall call, StoredFile file, JsonObject reply)
    {
        var attributes = file.Attributes ?? new FileAttributesRow();
        if (file.Owner == call.Member || Lookup.ShareOf(call, file.Folder) is not { HideLinks: true })
            reply["url"] = file.Link;
        reply["filename"] = file.Name;
        reply["size"] = file.Content.Size;
        reply["date"] = call.Date(file.Date);
        reply["checksum"] = file.Checksum;
        if (call.Behaviours.InfoContentType != ContentTypeSpelling.Underscore)
            reply["content-type"] = MediaTypes.Of(file.Name);
        if (call.Behaviours.InfoContentType != ContentTypeSpelling.Hyphen)
            reply["content_type"] = MediaTypes.Of(file.Name);
        reply["description"] = attributes.Description ?? "";
        reply["pass"] = attributes.Password is null ? 0 : 1;
        reply["no_ssl"] = attributes.NoSsl ? 1 : 0;
        reply["inline"] = attributes.Inline ? 1 : 0;
        reply["cdn"] = attributes.Cdn ? 1 : 0;
    }

    private static void DescribeToOwner(ApiCall call, StoredFile file, JsonObject reply)
    {
        reply["folder_id"] = file.Folder.Id;
        reply["path"] = file.Folder.Path;
        reply["acl"] = call.Behaviours.Acl == AclForm.Number ? FileItems.AclNumber(file) : FileItems.Acl(file);
    }
}

using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>Files as listings show them.</summary>
internal static class FileItems
{
    public static JsonObject Item(ApiCall call, StoredFile file, string name, bool hideLink)
    {
        var item = new JsonObject
        {
            ["filename"] = name,
            ["size"] = file.Content.Size,
            ["date"] = call.Date(file.Date),
            ["checksum"] = file.Checksum,
            ["content-type"] = MediaTypes.Of(name),
            ["pass"] = file.Attributes?.Password is null ? 0 : 1,
            ["cdn"] = file.Attributes is { Cdn: true } ? 1 : 0,
            ["acl"] = call.Behaviours.Acl == AclForm.Object ? Acl(file) : AclNumber(file),
        };
        if (!hideLink)
            item["url"] = file.Link;
        return item;
    }

    public static int AclNumber(StoredFile file) => file.Attributes?.Acl is { IsEmpty: false } ? 1 : 0;

    public static JsonObject Acl(StoredFile file)
    {
        var acl = file.Attributes?.Acl ?? new AclRow();
        return new JsonObject
        {
            ["ip"] = Texts(acl.Ip),
            ["country"] = Texts(acl.Country),
            ["email"] = Texts(acl.Email),
            ["premium"] = acl.Premium,
        };
    }

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    /// <summary>Sets an array, or what stands for one without members.</summary>
    public static void SetArray(ApiCall call, JsonObject reply, string field, JsonArray array)
    {
        if (array.Count > 0 || call.Behaviours.EmptyArrays == EmptyArrayForm.Present)
            reply[field] = array;
        else if (call.Behaviours.EmptyArrays == EmptyArrayForm.Null)
            reply[field] = null;
    }
}

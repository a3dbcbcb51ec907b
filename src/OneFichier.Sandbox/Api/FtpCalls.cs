using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>ftp/process and ftp/users/*. Response shapes are unknown; these are plain envelopes.</summary>
internal static class FtpCalls
{
    public static JsonObject Process(ApiCall call)
    {
        _ = call.Member;
        return ApiCall.Ok();
    }

    public static JsonObject List(ApiCall call)
    {
        var reply = ApiCall.Ok();
        reply["count"] = call.Member.FtpUsers.Count;
        reply["data"] = new JsonArray([.. call.Member.FtpUsers.Select(u =>
            (JsonNode)new JsonObject { ["user"] = u.Key, ["folder_id"] = u.Value })]);
        return reply;
    }

    public static JsonObject Add(ApiCall call)
    {
        var folder = Lookup.Folder(call, "folder_id");
        var user = call.Body.Required("user");
        _ = call.Body.Required("pass");
        if (!call.Member.FtpUsers.TryAdd(user, folder.Id))
            throw new Refusal(200, "User already exists", 88);
        return ApiCall.Ok();
    }

    public static JsonObject Remove(ApiCall call) =>
        call.Member.FtpUsers.Remove(call.Body.Required("user")) ? ApiCall.Ok() : throw Refusal.NotFound;
}

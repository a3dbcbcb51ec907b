using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

internal static class UploadCalls
{
    public static JsonObject GetUploadServer(ApiCall call)
    {
        var id = call.World.Ids.UploadId();
        call.World.Uploads.Issue(id);
        return new JsonObject { ["url"] = call.Origin.Node(call.World.Ids), ["id"] = id };
    }
}

using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>remote/ls, remote/info and remote/request. Requests are recorded; nothing is fetched.</summary>
internal static class RemoteCalls
{
    public static JsonObject List(ApiCall call)
    {
        var reply = ApiCall.Ok();
        reply["data"] = new JsonArray([.. call.Member.RemoteJobs.Select(j => (JsonNode)Item(call, j))]);
        return reply;
    }

    public static JsonObject Info(ApiCall call)
    {
        var id = call.Body.Number("id") ?? throw Refusal.Missing("id");
        var job = call.Member.RemoteJobs.Find(j => j.Id == id) ?? throw Refusal.NotFound;
        var reply = Item(call, job);
        reply["status"] = "OK";
        reply["links"] = FileItems.Texts(job.Links);
        reply["result"] = new JsonArray();
        return reply;
    }

    public static JsonObject Request(ApiCall call)
    {
        var urls = call.Body.Texts("urls");
        if (urls.Count == 0)
            throw Refusal.Missing("urls");
        var job = new RemoteJob(call.Member.RemoteJobs.Count + 1, call.World.Now, urls);
        call.Member.RemoteJobs.Add(job);
        var reply = ApiCall.Ok();
        reply["id"] = job.Id;
        reply["date"] = call.Date(job.Date);
        reply["urls"] = FileItems.Texts(urls);
        reply["headers"] = call.Body.Raw("headers") ?? new JsonObject();
        return reply;
    }

    private static JsonObject Item(ApiCall call, RemoteJob job) => new()
    {
        ["id"] = job.Id,
        ["request_date"] = call.Date(job.Date),
        ["execution_date"] = "",
    };
}

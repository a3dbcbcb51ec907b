using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>remote/ls, remote/info and remote/request.</summary>
internal static class RemoteCalls
{
    public static JsonObject List(ApiCall call)
    {
        foreach (var job in call.Member.RemoteJobs)
            RemoteDesk.Settle(call.World, call.Member, job);
        var reply = ApiCall.Ok();
        reply["data"] = new JsonArray([.. call.Member.RemoteJobs.Select(j => (JsonNode)Item(call, j))]);
        return reply;
    }

    public static JsonObject Info(ApiCall call)
    {
        var id = call.Body.Number("id") ?? throw Refusal.Missing("id");
        var job = call.Member.RemoteJobs.Find(j => j.Id == id) ?? throw Refusal.NotFound;
        RemoteDesk.Settle(call.World, call.Member, job);
        var reply = Item(call, job);
        reply["status"] = "OK";
        reply["links"] = FileItems.Texts(job.Order.Links);
        reply["result"] = new JsonArray([.. job.Items.Where(i => i.Done).Select(i => (JsonNode)Result(call, i))]);
        return reply;
    }

    public static JsonObject Request(ApiCall call)
    {
        var urls = call.Body.Texts("urls");
        if (urls.Count == 0)
            throw Refusal.Missing("urls");
        if (urls.Count > 100)
            throw Refusal.Bad("urls");
        var headers = call.Body.Object("headers") is { } given ? given.Fields.Select(f => KeyValuePair.Create(f, given.Text(f) ?? "")).ToList() : [];
        var job = call.World.Remote.Begin(call.World, call.Member, new RemoteOrder(urls, call.Body.Number("folder_id") ?? 0, headers));
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
        ["execution_date"] = job.Executed is { } at ? call.Date(at) : "",
    };

    private static JsonObject Result(ApiCall call, RemoteItem item) => new()
    {
        ["status"] = item.File is null ? "KO" : "OK",
        ["url"] = item.Url,
        ["download_link"] = item.File is { } file && call.Behaviours.RemoteLinks ? file.Link : "",
        ["message"] = item.Arrived!.Problem,
    };
}

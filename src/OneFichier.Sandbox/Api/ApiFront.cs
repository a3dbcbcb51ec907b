using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Api;

/// <summary>Answers API calls: JSON in, JSON out, and every refusal in the service's envelope.</summary>
internal static class ApiFront
{
    private const int BodyLimit = 16 * 1024 * 1024;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Pretty = Plain with { Indented = true };

    public static async Task<Reply> AnswerAsync(Exchange exchange)
    {
        exchange.Body = await ReadBodyAsync(exchange);
        lock (exchange.World.Gate)
            return Answer(exchange);
    }

    private static Reply Answer(Exchange exchange)
    {
        var world = exchange.World;
        var pretty = false;
        try
        {
            var key = ApiDoor.BearerKey(exchange.Request);
            exchange.Account = key is null ? null : world.FindByKey(key)?.Email;
            if (exchange.Fault == FaultKind.Flood)
                throw Refusal.FloodIp;
            world.Governor.Admit(world, key ?? "", exchange.Origin.Address);
            ApiDoor.CheckMethod(exchange.Request, exchange.Endpoint);
            ApiDoor.CheckContentType(exchange.Request, world.Behaviours);
            var body = ApiBody.Parse(exchange.Body, world.Behaviours.AcceptTextNumbers);
            pretty = body.Has("pretty") && body.Flag("pretty");
            var anonymous = exchange.Endpoint == ApiTable.UploadServer;
            var caller = ApiDoor.Caller(world, key);
            if (caller is null && !anonymous)
                throw Refusal.NotAuthenticated;
            ApiDoor.CheckOffer(caller, exchange.Endpoint, world.Behaviours);
            world.LagBecauseOf(exchange.Fault);
            var call = new ApiCall { World = world, Caller = caller, Body = body, Origin = exchange.Origin };
            CheckIntervals(exchange, call);
            return Json(world, ApiTable.Run(exchange.Endpoint, call), pretty, 200, null);
        }
        catch (Refusal refusal)
        {
            return Refused(world, refusal, pretty);
        }
        finally
        {
            world.LagBecauseOf(null);
        }
    }

    private static void CheckIntervals(Exchange exchange, ApiCall call)
    {
        var governor = call.World.Governor;
        if (call.Caller is { } member)
            governor.AdmitMember(call.World, member);
        if (exchange.Endpoint == "user/info")
            governor.AdmitUserInfo(call.World, call.Member, exchange.Origin.Address);
        else if (exchange.Endpoint is "file/ls" or "folder/ls")
            governor.AdmitListing(call.World, call.Member, call.Body.Number("folder_id") ?? 0, call.Body.Text("sharing_user"));
    }

    private static Reply Refused(World world, Refusal refusal, bool pretty)
    {
        var behaviours = world.Behaviours;
        var flood = refusal.Message.StartsWith("Flood", StringComparison.Ordinal);
        var number = behaviours.DriftingNumbers ? 20 + world.Ids.Next(900) : refusal.Number;
        var message = $"{refusal.Message} #{number}";
        var status = behaviours.Refusals switch
        {
            RefusalCarrier.Always200 => 200,
            RefusalCarrier.Always4xx => refusal.Status == 404 ? 404 : 403,
            _ => refusal.Status,
        };
        if (flood)
            world.Log.Flooded();
        var reply = Json(world, new JsonObject { ["status"] = "KO", ["message"] = message }, pretty, flood && behaviours.FloodIs429 ? 429 : status, message);
        if (flood && behaviours.RetryAfter)
            reply.Headers["Retry-After"] = ((int)Math.Ceiling(world.Limits.LockDuration.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return reply;
    }

    private static Reply Json(World world, JsonObject json, bool pretty, int status, string? message)
    {
        if (world.Behaviours.CapitalisedEnvelope)
            json = Capitalised(json);
        var shape = world.Behaviours.RandomMemberOrder ? JsonShuffle.Shuffled(json, world.Ids) : json;
        return new Reply
        {
            Status = status,
            ContentType = "application/json; charset=utf-8",
            Bytes = Write(shape, pretty),
            Message = message,
        };
    }

    private static JsonObject Capitalised(JsonObject json) =>
        new(json.Select(p => KeyValuePair.Create(
            p.Key switch { "status" => "Status", "message" => "Message", var other => other },
            p.Value?.DeepClone())));

    private static byte[] Write(JsonNode json, bool pretty)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, pretty ? Pretty : Plain))
            json.WriteTo(writer);
        return bytes.ToArray();
    }

    private static async Task<byte[]> ReadBodyAsync(Exchange exchange)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await exchange.Request.Body.ReadAsync(buffer, exchange.Aborted)) > 0 && body.Length < BodyLimit)
            body.Write(buffer, 0, count);
        return body.ToArray();
    }
}

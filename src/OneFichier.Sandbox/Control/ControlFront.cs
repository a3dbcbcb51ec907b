using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox.Control;

/// <summary>Serves <see cref="SandboxControl"/> as JSON under <c>/_sandbox/</c>, to this machine only.</summary>
internal sealed class ControlFront(SandboxControl control)
{
    public const string Root = "/_sandbox";

    private readonly ControlVerbs verbs = new(control);

    public async Task AnswerAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address))
        {
            await WriteAsync(context, 403, new ControlError("The control is for this machine only."));
            return;
        }

        var verb = $"{context.Request.Method} {context.Request.Path.Value![Root.Length..].Trim('/')}";
        try
        {
            var result = verbs.Run(verb, await BodyAsync(context), context.Request.Query["account"]);
            await WriteAsync(context, result is null ? 404 : 200, result ?? new ControlError($"There is no verb {verb}."));
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            await WriteAsync(context, 400, new ControlError(e.Message));
        }
    }

    private static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength is null or 0)
            return [];
        return await JsonSerializer.DeserializeAsync(context.Request.Body, ControlJson.Default.JsonObject, context.RequestAborted)
            ?? throw new FormatException("The body is no JSON object.");
    }

    private static async Task WriteAsync(HttpContext context, int status, object reply)
    {
        var type = reply switch
        {
            IReadOnlyList<LoggedRequest> => typeof(IReadOnlyList<LoggedRequest>),
            IReadOnlyList<SandboxFile> => typeof(IReadOnlyList<SandboxFile>),
            _ => reply.GetType(),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, reply, ControlJson.Default.GetTypeInfo(type)!, context.RequestAborted);
    }
}

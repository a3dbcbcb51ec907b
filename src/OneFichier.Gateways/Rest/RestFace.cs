using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

/// <summary>Finds the call a request means, and answers it or why it failed, in JSON.</summary>
internal sealed class RestFace(RestState state)
{
    public static ErrorForm Errors { get; } = new("application/json; charset=utf-8", error => RestJson.Write(new RestAnswer { Status = "KO", Message = error.Message }));

    public async Task AnswerAsync(HttpContext context)
    {
        context.Features.Set(Errors);
        var path = GatewayPath.Read(context.Request).Path;
        var name = path.Segments is ["v1", ..] ? string.Join('/', path.Segments.Skip(1)) : path.ToString();
        if (RestCalls.Find(name) is { } call)
            await CallAsync(context, call, context.RequestAborted);
        else if (name is "" or "openapi.json" || StableLinks.IdIn(path) is not null)
            await ReadAsync(context, name, path, context.RequestAborted);
        else
            throw new PathNotFoundException(path, EntryKind.Any);
    }

    private static Task RefuseAsync(HttpContext context, string allow)
    {
        context.Response.Headers.Allow = allow;
        if (!HttpMethods.IsOptions(context.Request.Method))
            return GatewayErrors.WriteAsync(context, new GatewayError(StatusCodes.Status405MethodNotAllowed, $"Use {allow}."));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task CallAsync(HttpContext context, RestCall call, CancellationToken cancellationToken)
    {
        var method = context.Request.Method;
        if (!HttpMethods.IsPost(method) && (call.Changes || !HttpMethods.IsGet(method)))
        {
            await RefuseAsync(context, call.Changes ? "POST, OPTIONS" : "GET, POST, OPTIONS");
            return;
        }

        await using var request = await RestRequest.ReadAsync(context, state, call, cancellationToken);
        var answer = await call.Run(request, cancellationToken);
        var bytes = RestJson.Write(answer);
        context.Response.StatusCode = answer.HttpStatus;
        context.Response.ContentType = Errors.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
    }

    private async Task ReadAsync(HttpContext context, string name, VolumePath path, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            await RefuseAsync(context, "GET, HEAD, OPTIONS");
        else if (name.Length == 0)
            await TextAnswer.SendAsync(context, "text/html", RestPage.Of(context.Request), state.Options.Time.GetUtcNow());
        else if (name == "openapi.json")
            await TextAnswer.SendAsync(context, "application/json", OpenApi.Of(context.Request), state.Options.Time.GetUtcNow());
        else if (await state.Links.FindAsync(context, StableLinks.IdIn(path)!, cancellationToken) is { } file)
            await state.Links.AnswerAsync(context, file, cancellationToken);
        else
            throw new PathNotFoundException(path, EntryKind.File);
    }
}

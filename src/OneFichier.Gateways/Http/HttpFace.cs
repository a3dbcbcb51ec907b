using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Http;

/// <summary>Answers what is asked of files and folders; nothing can be changed here.</summary>
internal sealed class HttpFace(HttpFaceOptions options)
{
    private const string Allow = "GET, HEAD, OPTIONS";

    private static readonly HashSet<string> Known =
    [
        "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "REPORT", "SEARCH",
    ];

    private readonly StableLinks _links = new(options.Mode, options.Time);

    public async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Method)
        {
            case "GET" or "HEAD":
                await ReadAsync(context, context.RequestAborted);
                break;
            case "OPTIONS":
                Tell(context.Response);
                break;
            default:
                await RefuseAsync(context);
                break;
        }
    }

    private static void Tell(HttpResponse response)
    {
        response.Headers.Allow = Allow;
        response.Headers.AcceptRanges = "bytes";
        response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Allow = Allow;
        return GatewayErrors.WriteAsync(context, Known.Contains(context.Request.Method)
            ? new GatewayError(StatusCodes.Status405MethodNotAllowed, "This face can only be read.")
            : new GatewayError(StatusCodes.Status501NotImplemented, "There is no such method here."));
    }

    private async Task ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (path, asFolder) = GatewayPath.Read(context.Request);
        if (StableLinks.IdIn(path) is { } id && !asFolder && await StableAsync(context, path, id, cancellationToken))
            return;
        switch (await context.Session().Volume.FindAsync(path, cancellationToken))
        {
            case { IsFolder: true } folder:
                await new FolderAnswer(context, folder, _links, options).SendAsync(asFolder || path.IsRoot, cancellationToken);
                break;
            case { } file when !asFolder:
                await _links.SendAsync(context, file, cancellationToken);
                break;
            default:
                throw new PathNotFoundException(path, EntryKind.Any);
        }
    }

    /// <summary>Somebody may have a folder named as these addresses begin; what is in it is found by its path, unless it looks like an id that there is.</summary>
    private async Task<bool> StableAsync(HttpContext context, VolumePath path, string id, CancellationToken cancellationToken)
    {
        var folder = VolumePath.Root.Combine(path.Segments[0]);
        var volume = context.Session().Volume;
        if (await volume.FindAsync(folder, cancellationToken) is { IsFolder: true } && await volume.FindAsync(path, cancellationToken) is not null)
            return false;
        if (await _links.FindAsync(context, id, cancellationToken) is not { } file)
            return false;
        await _links.AnswerAsync(context, file, cancellationToken);
        return true;
    }
}

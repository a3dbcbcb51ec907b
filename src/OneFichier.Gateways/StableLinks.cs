using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>
/// The addresses <c>/f/ID/NAME</c>: they stay when the file is renamed or moved, and NAME is there for people and players only. Answered by redirect or through the gateway.
/// </summary>
internal sealed class StableLinks(DeliveryMode mode, TimeProvider time)
{
    private const string Prefix = "f";

    public EntryFinder Finder { get; } = new(time);

    /// <summary>The address of a file below the root of the face; by its path, when nothing of it stays.</summary>
    public string UrlOf(HttpRequest request, IGatewaySession session, Entry file)
    {
        Finder.Remember(session, file);
        return request.PathBase.ToUriComponent() + (BelowOf(file) ?? GatewayPath.Encode(file.Path, file.IsFolder));
    }

    /// <summary>The address of a file below that of the face; <see langword="null"/> when nothing of it stays.</summary>
    public static string? BelowOf(Entry file) => StableId.Of(file) is { } id ? $"/{Prefix}/{id}/{Uri.EscapeDataString(file.Name)}" : null;

    /// <summary>The id in a path, if it has the form of such an address.</summary>
    public static string? IdIn(VolumePath path) => path.Segments is { Count: 2 or 3 } names && names[0] == Prefix && StableId.IsOne(names[1]) ? names[1] : null;

    /// <summary>The file such an address means to the caller; <see langword="null"/> for none.</summary>
    public async Task<Entry?> FindAsync(HttpContext context, string id, CancellationToken cancellationToken) =>
        await Finder.FindAsync(context.Session(), id, cancellationToken) is { IsFolder: false } file ? file : null;

    /// <summary>Answers GET and HEAD of a file.</summary>
    public async Task AnswerAsync(HttpContext context, Entry file, CancellationToken cancellationToken)
    {
        if (Delivery.LinksFor(context, file, mode) is not { } links)
        {
            await SendAsync(context, file, cancellationToken);
            return;
        }

        var link = await links.LinkAsync(file, cancellationToken);
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = link.Url.AbsoluteUri;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = 0;
    }

    /// <summary>Answers GET and HEAD of a file with the content itself.</summary>
    public async Task SendAsync(HttpContext context, Entry file, CancellationToken cancellationToken)
    {
        var answer = new FileAnswer(context, file, time.GetUtcNow());
        answer.Describe();
        context.Response.Headers.CacheControl = "private, no-cache";
        switch (answer.Judge())
        {
            case Verdict.NotModified:
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                break;
            case Verdict.Failed:
                await GatewayErrors.WriteAsync(context, new GatewayError(StatusCodes.Status412PreconditionFailed, "The file is not as the conditions say."));
                break;
            default:
                if (context.Request.Query.ContainsKey("download"))
                    context.Response.Headers.ContentDisposition = Attachment(file.Name);
                await answer.SendAsync((range, token) => context.Session().Volume.OpenAsync(file.Path, range, token), cancellationToken);
                break;
        }
    }

    private static string Attachment(string name)
    {
        var header = new ContentDispositionHeaderValue("attachment");
        header.SetHttpFileName(name);
        return header.ToString();
    }
}

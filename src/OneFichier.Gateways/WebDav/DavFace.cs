using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OneFichier.Gateways.WebDav;

/// <summary>Answers a request by its method, and whatever goes wrong by the one table.</summary>
internal sealed class DavFace(DavState state)
{
    private static readonly Dictionary<string, IDavMethod> Methods = new(StringComparer.Ordinal)
    {
        ["OPTIONS"] = new OptionsMethod(),
        ["GET"] = new GetMethod(),
        ["HEAD"] = new GetMethod(),
        ["PUT"] = new PutMethod(),
        ["DELETE"] = new DeleteMethod(),
        ["MKCOL"] = new MkcolMethod(),
        ["COPY"] = new CopyMethod(),
        ["MOVE"] = new MoveMethod(),
        ["PROPFIND"] = new PropFindMethod(),
        ["PROPPATCH"] = new PropPatchMethod(),
        ["LOCK"] = new LockMethod(),
        ["UNLOCK"] = new UnlockMethod(),
    };

    public static string Verbs { get; } = string.Join(", ", Methods.Keys);

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (!Methods.TryGetValue(context.Request.Method, out var method))
                throw new DavException(StatusCodes.Status405MethodNotAllowed) { Allow = Verbs };
            await method.AnswerAsync(new DavRequest(context, state), context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception e)
        {
            Log(context, e);
            await RefuseAsync(context, e);
        }
    }

    private void Log(HttpContext context, Exception failure)
    {
        if (DavFailures.StatusOf(failure) >= StatusCodes.Status500InternalServerError)
            state.Options.Logger?.LogWarning(failure, "WebDAV {Method} failed", context.Request.Method);
    }

    /// <summary>Once an answer has begun, only breaking it off tells the client that it is not whole.</summary>
    private async Task RefuseAsync(HttpContext context, Exception failure)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.ContentLength = null;
        response.Headers.ContentRange = default;
        response.StatusCode = DavFailures.StatusOf(failure);
        if (DavFailures.RetryAfter(failure, state.Options.Time) is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (failure is DavException { Allow: { } allow })
            response.Headers.Allow = allow;
        if (response.StatusCode == StatusCodes.Status304NotModified || HttpMethods.IsHead(context.Request.Method))
            return;
        await BodyAsync(response, failure);
    }

    private static Task BodyAsync(HttpResponse response, Exception failure)
    {
        if (failure is DavException { Condition: { } condition })
            return DavXml.WriteAsync(response, new XElement(DavNames.Dav + "error", condition));
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync((DavFailures.TextOf(failure) ?? $"{response.StatusCode}") + "\n");
    }
}

using System.Text;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways;

/// <summary>Answers GET and HEAD with a text made here; it has a tag, so that a client that has it already is told so.</summary>
internal static class TextAnswer
{
    /// <summary>What a page made here may do in a browser: show itself, in its own style.</summary>
    public const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task SendAsync(HttpContext context, string type, string text, DateTimeOffset now)
    {
        var (response, bytes) = (context.Response, Encoding.UTF8.GetBytes(text));
        var state = new Representation(Validators.ETag(bytes), null, now);
        state.Describe(response);
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ContentSecurityPolicy = PagePolicy;
        var verdict = Preconditions.Judge(context.Request, state);
        if (verdict == Verdict.NotModified)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (verdict == Verdict.Failed)
        {
            await GatewayErrors.WriteAsync(context, new GatewayError(StatusCodes.Status412PreconditionFailed, "What is here is not as the conditions say."));
            return;
        }

        response.ContentType = type + "; charset=utf-8";
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}

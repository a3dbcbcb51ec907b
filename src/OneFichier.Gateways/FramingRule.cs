using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways;

/// <summary>
/// A request with both a length and chunks is read one way by one server and another way by the next (RFC 9112 §6.3: it ought to be handled as an error). Kestrel takes the chunks and
/// keeps the length aside under another name; here the whole request is refused.
/// </summary>
internal static class FramingRule
{
    private static readonly GatewayError Ambiguous = new(StatusCodes.Status400BadRequest, "The request has two lengths.");

    public static GatewayError? Refuses(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.TransferEncoding.Count == 0 || (headers.ContentLength is null && !headers.ContainsKey("X-Content-Length")))
            return null;
        context.Response.Headers.Connection = "close";
        return Ambiguous;
    }
}

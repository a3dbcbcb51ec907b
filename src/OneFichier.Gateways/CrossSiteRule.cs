using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways;

/// <summary>
/// A browser that knows the password sends it along whoever's page asks. What a page of another site starts is refused; a person who follows a link to here is let through, since
/// that only reads.
/// </summary>
internal static class CrossSiteRule
{
    private static readonly GatewayError Refused = new(StatusCodes.Status403Forbidden, "A page of another site asked for this.");

    public static GatewayError? Refuses(HttpRequest request)
    {
        if (IsFollowedLink(request))
            return null;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site is "cross-site" or "same-site" || IsForeign(request, request.Headers.Origin.ToString()) ? Refused : null;
    }

    private static bool IsFollowedLink(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers["Sec-Fetch-Mode"] == "navigate"
        && request.Headers["Sec-Fetch-Dest"].ToString() is "document" or "";

    private static bool IsForeign(HttpRequest request, string origin) =>
        origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}

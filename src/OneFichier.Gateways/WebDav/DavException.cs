using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.WebDav;

/// <summary>A request that is refused: with what status, and by which condition of RFC 4918 §16.</summary>
internal sealed class DavException(int status, XElement? condition = null) : Exception($"HTTP {status}")
{
    public int Status => status;

    /// <summary>What goes into the <c>error</c> element.</summary>
    public XElement? Condition => condition;

    /// <summary>What may be asked of the place instead; for 405.</summary>
    public string? Allow { get; init; }

    public static DavException Condemned(int status, string condition, params IEnumerable<string> hrefs) =>
        new(status, new XElement(DavNames.Dav + condition, hrefs.Select(h => new XElement(DavNames.Href, h))));

    public static DavException BadRequest() => new(StatusCodes.Status400BadRequest);

    public static DavException NotFound() => new(StatusCodes.Status404NotFound);

    public static DavException Conflict() => new(StatusCodes.Status409Conflict);

    public static DavException Forbidden() => new(StatusCodes.Status403Forbidden);

    public static DavException PreconditionFailed() => new(StatusCodes.Status412PreconditionFailed);
}

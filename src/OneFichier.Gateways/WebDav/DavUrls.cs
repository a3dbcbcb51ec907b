using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>
/// Between the paths of URLs and those of the volume. What the client sent is decoded here, once, from the request line as it came; whatever is not the one plain way to name a place
/// is refused: dot segments in any writing, encoded slashes, bytes that are no UTF-8.
/// </summary>
internal sealed class DavUrls
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HttpRequest _request;
    private readonly IReadOnlyList<string> _base;

    private DavUrls(HttpRequest request, IReadOnlyList<string> above) => (_request, _base) = (request, above);

    /// <summary>Reads the request line.</summary>
    public static (DavUrls Urls, DavTarget Target) Of(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var (segments, asFolder) = Decode(PathOf(raw.Split('?', 2)[0]));
        var above = Depth(context.Request.PathBase) + (context.GetEndpoint() is RouteEndpoint route ? route.RoutePattern.PathSegments.Count - 1 : 0);
        return segments.Count < above
            ? throw new DavException(StatusCodes.Status404NotFound)
            : (new DavUrls(context.Request, [.. segments.Take(above)]), new DavTarget(PathFrom(segments.Skip(above)), asFolder));
    }

    /// <summary>The address of an entry, as a path.</summary>
    public string Href(VolumePath path, bool isFolder)
    {
        var href = new StringBuilder();
        foreach (var segment in _base.Concat(path.Segments))
            href.Append('/').Append(Uri.EscapeDataString(segment));
        return isFolder || href.Length == 0 ? href.Append('/').ToString() : href.ToString();
    }

    /// <summary>A place named in a header, by a whole URL or a path.</summary>
    /// <returns><see langword="null"/> when it is no place of this volume.</returns>
    public DavTarget? Find(string reference)
    {
        if (reference.AsSpan().ContainsAny('?', '#'))
            throw new DavException(StatusCodes.Status400BadRequest);
        if (Authority(reference) is { } authority && !IsHere(authority))
            return null;
        var (segments, asFolder) = Decode(PathOf(reference));
        return segments.Take(_base.Count).SequenceEqual(_base) ? new DavTarget(PathFrom(segments.Skip(_base.Count)), asFolder) : null;
    }

    private static int Depth(PathString path) => VolumePath.Parse(path.Value ?? "").Segments.Count;

    private static VolumePath PathFrom(IEnumerable<string> segments) => VolumePath.Parse(string.Join('/', segments));

    private static string? Authority(string reference)
    {
        var start = reference.IndexOf("://", StringComparison.Ordinal);
        return start > 0 && reference[0] != '/' ? reference[(start + 3)..].Split('/', 2)[0] : null;
    }

    /// <summary>The scheme is not compared: behind a proxy that ends TLS the client's is another.</summary>
    private bool IsHere(string authority)
    {
        var there = new HostString(authority);
        return string.Equals(there.Host, _request.Host.Host, StringComparison.OrdinalIgnoreCase)
            && Stated(there) == Stated(_request.Host);

        static int? Stated(HostString host) => host.Port is 80 or 443 ? null : host.Port;
    }

    private static string PathOf(string reference)
    {
        var path = Authority(reference) is { } authority
            ? reference[(reference.IndexOf("://", StringComparison.Ordinal) + 3 + authority.Length)..]
            : reference;
        return path.Length == 0 ? "/" : path[0] == '/' ? path : throw new DavException(StatusCodes.Status400BadRequest);
    }

    private static (IReadOnlyList<string> Segments, bool AsFolder) Decode(string path)
    {
        if (path.Contains('#', StringComparison.Ordinal))
            throw new DavException(StatusCodes.Status400BadRequest);
        List<string> segments = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(DecodeSegment)];
        return segments.Exists(s => s is "." or "..")
            ? throw new DavException(StatusCodes.Status403Forbidden)
            : (segments, path[^1] == '/');
    }

    private static string DecodeSegment(string segment)
    {
        var bytes = new List<byte>(segment.Length);
        foreach (var (text, escaped) in Parts(segment))
            bytes.AddRange(escaped ? Convert.FromHexString(text) : Encoding.UTF8.GetBytes(text));
        try
        {
            var name = Strict.GetString([.. bytes]);
            return name.AsSpan().ContainsAny('/', '\0') ? throw new DavException(StatusCodes.Status400BadRequest) : name;
        }
        catch (DecoderFallbackException)
        {
            throw new DavException(StatusCodes.Status400BadRequest);
        }
    }

    private static IEnumerable<(string Text, bool Escaped)> Parts(string segment)
    {
        for (var i = 0; i < segment.Length;)
        {
            if (segment[i] == '%')
            {
                if (i + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2]))
                    throw new DavException(StatusCodes.Status400BadRequest);
                yield return (segment[(i + 1)..(i + 3)], true);
                i += 3;
                continue;
            }

            var end = segment.IndexOf('%', i) is >= 0 and var at ? at : segment.Length;
            yield return (segment[i..end], false);
            i = end;
        }
    }
}

using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>
/// Between the paths of requests and those of a volume. A path is read from the bytes the client sent, each name decoded once and never again, so that no other layer's idea of a
/// path comes between: what is refused is refused in every encoding, and what a name looks like after decoding is only a name.
/// </summary>
public static class GatewayPath
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What a request is about, below the face's own prefix.</summary>
    /// <exception cref="BadHttpRequestException">The path is no proper one: 400.</exception>
    public static VolumePath VolumePath(this HttpRequest request) => Read(request).Path;

    /// <summary>As <see cref="VolumePath"/>, and whether the path ends with a slash, as that of a folder does.</summary>
    /// <exception cref="BadHttpRequestException">The path is no proper one: 400.</exception>
    public static (VolumePath Path, bool MeansFolder) Read(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw ? raw : request.PathBase.Add(request.Path).ToUriComponent();
        var path = BelowBase(WithoutHost(target).Split('?', '#')[0], request.PathBase);
        return (Parse(path), path.Length == 0 || path[^1] == '/');
    }

    /// <summary>The place another header names, as <c>Destination</c> does: a path, or an address of this very server.</summary>
    /// <exception cref="BadHttpRequestException">It is no proper path (400) or on another server (502).</exception>
    public static VolumePath ReadOther(HttpRequest request, string address)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(address);
        var isPath = address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal);
        if (!isPath && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && IsHere(request, uri)))
            throw new BadHttpRequestException("That place is on another server.", StatusCodes.Status502BadGateway);
        return Parse(BelowBase(WithoutHost(address).Split('?', '#')[0], request.PathBase));
    }

    /// <summary>Reads a path in the form of a URL, from the root of the volume.</summary>
    /// <exception cref="BadHttpRequestException">
    /// A broken escape, bytes that are no UTF-8, a NUL, a slash or backslash within a name, or a name that is <c>.</c> or <c>..</c>: 400.
    /// </exception>
    public static VolumePath Parse(string encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        return encoded.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Drive.VolumePath.Root, (path, segment) => path.Combine(Name(segment)));
    }

    /// <summary>The path as it stands in a URL: every name escaped, a slash before each, and after a folder's last.</summary>
    public static string Encode(VolumePath path, bool isFolder)
    {
        var text = string.Concat(path.Segments.Select(s => "/" + Uri.EscapeDataString(s)));
        return isFolder ? text + "/" : text;
    }

    private static string Name(string segment)
    {
        var name = Decode(segment);
        return name is "." or ".." || name.AsSpan().ContainsAny('/', '\\', '\0')
            ? throw Bad("The path has a name that no file may have here.")
            : name;
    }

    private static string Decode(string segment)
    {
        if (!segment.Contains('%', StringComparison.Ordinal) && Ascii.IsValid(segment))
            return segment;
        try
        {
            var bytes = Strict.GetBytes(segment);
            var length = Unescape(bytes);
            return Strict.GetString(bytes, 0, length);
        }
        catch (ArgumentException)
        {
            throw Bad("The path is not in UTF-8.");
        }
    }

    private static int Unescape(byte[] bytes)
    {
        var written = 0;
        for (var at = 0; at < bytes.Length; at++, written++)
        {
            if (bytes[at] != '%')
            {
                bytes[written] = bytes[at];
                continue;
            }

            var digits = bytes.AsSpan(Math.Min(at + 1, bytes.Length));
            if (digits.Length < 2 || !char.IsAsciiHexDigit((char)digits[0]) || !char.IsAsciiHexDigit((char)digits[1]))
                throw Bad("The path has a broken escape.");
            bytes[written] = (byte)((Convert.FromHexString([(char)digits[0], (char)digits[1]]))[0]);
            at += 2;
        }

        return written;
    }

    private static string WithoutHost(string target)
    {
        if (target.StartsWith('/') || target == "*")
            return target == "*" ? "/" : target;
        var host = target.IndexOf("://", StringComparison.Ordinal);
        var slash = host < 0 ? -1 : target.IndexOfAny(['/', '?', '#'], host + 3);
        return host < 0 ? throw Bad("The request names no path.") : slash < 0 ? "/" : target[slash..];
    }

    private static string BelowBase(string path, PathString prefix)
    {
        if (!prefix.HasValue)
            return path;
        var text = prefix.ToUriComponent();
        return path.StartsWith(text, StringComparison.OrdinalIgnoreCase) && (path.Length == text.Length || path[text.Length] == '/')
            ? path[text.Length..]
            : throw Bad("That place is not below this face.");
    }

    private static bool IsHere(HttpRequest request, Uri address) =>
        string.Equals(address.Authority, new Uri($"{address.Scheme}://{request.Host}").Authority, StringComparison.OrdinalIgnoreCase);

    private static BadHttpRequestException Bad(string why) => new(why, StatusCodes.Status400BadRequest);
}

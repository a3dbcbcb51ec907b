using System.Globalization;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>The <c>Range</c> header (RFC 9110 §14.2): one range of bytes. Several at once, other units and what cannot be read are ignored, as the protocol allows: the whole file is sent.</summary>
internal static class RangeHeader
{
    private const string Unit = "bytes=";

    /// <returns><see langword="null"/> for the whole file.</returns>
    /// <exception cref="DavException">No byte of the range is in the file.</exception>
    public static ByteRange? Of(DavRequest request, Entry file)
    {
        var header = request.Context.Request.Headers.Range;
        if (header.Count != 1 || !HttpMethods.IsGet(request.Method) || !StillThatFile(request.Header("If-Range"), file) || Parse(header.ToString()) is not { } wanted)
            return null;
        var (first, last) = wanted.First is { } start
            ? (start, Math.Min(wanted.Last ?? long.MaxValue, file.Size - 1))
            : (Math.Max(0, file.Size - wanted.Last!.Value), wanted.Last == 0 ? -1 : file.Size - 1);
        if (first > last)
        {
            request.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Size}");
            throw new DavException(StatusCodes.Status416RangeNotSatisfiable);
        }

        return new ByteRange(first, last - first + 1);
    }

    private static bool StillThatFile(string? condition, Entry file) =>
        condition is null
        || (condition.StartsWith('"') ? Validators.SameStrong(condition, Validators.ETag(file))
            : Validators.ParseHttpDate(condition) is { } date && date == Validators.LastModified(file));

    private static (long? First, long? Last)? Parse(string header)
    {
        if (!header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || header[Unit.Length..].Split('-') is not [var first, var last])
            return null;
        var from = Number(first);
        var upTo = Number(last);
        var readable = (from is not null || first.Trim().Length == 0) && (upTo is not null || last.Trim().Length == 0);
        return readable && (from ?? upTo) is not null && !(from > upTo) ? (from, upTo) : null;
    }

    private static long? Number(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

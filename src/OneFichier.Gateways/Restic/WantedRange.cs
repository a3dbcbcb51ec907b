using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>The <c>Range</c> header of a GET: one range of bytes. Several at once, other units and what cannot be read are ignored, as RFC 9110 §14.2 allows: the whole is sent.</summary>
internal static class WantedRange
{
    /// <param name="request">The request.</param>
    /// <param name="size">Bytes of the object.</param>
    /// <param name="range">The range; <see langword="null"/> for the whole.</param>
    /// <returns>Whether the object has a byte of it.</returns>
    public static bool TryRead(HttpRequest request, long size, out ByteRange? range)
    {
        range = null;
        if (!HttpMethods.IsGet(request.Method) || !RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header) || header.Unit != "bytes" || header.Ranges.Count != 1)
            return true;
        var wanted = header.Ranges.Single();
        var first = wanted.From ?? Math.Max(0, size - wanted.To!.Value);
        var last = wanted.From is null ? size - 1 : Math.Min(wanted.To ?? long.MaxValue, size - 1);
        if (first > last)
            return false;
        range = new ByteRange(first, last - first + 1);
        return true;
    }
}

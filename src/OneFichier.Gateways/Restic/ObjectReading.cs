using System.Globalization;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>HEAD and GET of an object, or of one range of it.</summary>
internal static class ObjectReading
{
    private const int CopyBuffer = 128 << 10;

    public static async Task SendAsync(ResticRequest request, CancellationToken cancellationToken)
    {
        if (await request.Volume.FindAsync(request.Target.Path, cancellationToken) is not { IsFolder: false } file)
            throw request.NotFound();
        var response = request.Response;
        response.ContentType = "application/octet-stream";
        response.Headers.AcceptRanges = "bytes";
        if (!WantedRange.TryRead(request.Request, file.Size, out var wanted))
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Size}");
            response.ContentLength = 0;
            return;
        }

        var range = wanted ?? new ByteRange(0, file.Size);
        if (wanted is not null)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{file.Size}");
        }

        response.ContentLength = range.Length;
        if (HttpMethods.IsHead(request.Request.Method))
            return;
        await using var content = await request.Volume.OpenAsync(file.Path, range, cancellationToken);
        await content.CopyToAsync(response.Body, CopyBuffer, cancellationToken);
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>GET and HEAD (RFC 9110 §9.3, §13, §14): a file or one range of it; of a folder a page for browsers.</summary>
internal sealed class GetMethod : IDavMethod
{
    private const int CopyBuffer = 128 << 10;

    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var entry = await request.GetAsync(cancellationToken);
        if (entry.IsFolder)
            await FolderPage.SendAsync(request, cancellationToken);
        else
            await FileAsync(request, entry, cancellationToken);
    }

    private static async Task FileAsync(DavRequest request, Entry file, CancellationToken cancellationToken)
    {
        var response = request.Response;
        Describe(response, file);
        await request.CheckConditionsAsync(file, cancellationToken);
        response.ContentType = MediaTypes.Of(file);
        if (MediaTypes.IsActive(response.ContentType))
            response.Headers.ContentSecurityPolicy = "sandbox";
        var wanted = RangeHeader.Of(request, file);
        var length = wanted?.LengthIn(file.Size) ?? file.Size;
        if (wanted is { } range)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {range.Offset}-{range.Offset + length - 1}/{file.Size}");
        }

        response.ContentLength = length;
        if (!HttpMethods.IsHead(request.Method))
            await SendAsync(request, new ByteRange(wanted?.Offset ?? 0, length), cancellationToken);
    }

    private static void Describe(HttpResponse response, Entry file)
    {
        response.Headers.ETag = Validators.ETag(file);
        response.Headers.AcceptRanges = "bytes";
        response.Headers.XContentTypeOptions = "nosniff";
        if (Validators.LastModified(file) is { } modified)
            response.Headers.LastModified = Validators.HttpDate(modified);
    }

    private static async Task SendAsync(DavRequest request, ByteRange range, CancellationToken cancellationToken)
    {
        await using var content = await request.Volume.OpenAsync(request.Path, range, cancellationToken);
        await content.CopyToAsync(request.Response.Body, CopyBuffer, cancellationToken);
    }
}

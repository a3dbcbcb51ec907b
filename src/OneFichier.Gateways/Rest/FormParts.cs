using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace OneFichier.Gateways.Rest;

/// <summary>A file that was sent, whole.</summary>
/// <param name="Name">The name it came with; empty when it came as the body itself.</param>
/// <param name="Body">Its content.</param>
internal sealed record SentFile(string Name, BodySpool Body);

/// <summary>The parts of a multipart form: parameters, and files where the call takes some.</summary>
internal sealed class FormParts((RestState State, RestCall Call) about, RestInput input, List<SentFile> files)
{
    private const int LongestBoundary = 100;
    private const int PlainIOError = unchecked((int)0x80131620);

    private long _inputBytes;

    public async Task ReadAsync(HttpRequest request, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
            throw Unreadable();
        try
        {
            var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 << 10 };
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
                await SectionAsync(section, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or (IOException { HResult: PlainIOError } and not BadHttpRequestException))
        {
            throw new BadHttpRequestException(Unreadable().Message, StatusCodes.Status400BadRequest, e);
        }
    }

    private async Task SectionAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            throw Unreadable();
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        if (disposition.FileNameStar.HasValue || disposition.FileName.HasValue)
            await FileAsync(section, disposition, cancellationToken);
        else
            input.Add(name, await TextAsync(section.Body, cancellationToken));
    }

    private async Task FileAsync(MultipartSection section, ContentDispositionHeaderValue disposition, CancellationToken cancellationToken)
    {
        if (!about.Call.TakesFiles)
            throw new BadHttpRequestException("This call takes no files.", StatusCodes.Status400BadRequest);
        if (files.Count >= about.State.Options.MaxFiles)
            throw new BadHttpRequestException($"At most {about.State.Options.MaxFiles} files can be sent at once.", StatusCodes.Status413PayloadTooLarge);
        var stated = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value! : HeaderUtilities.UnescapeAsQuotedString(disposition.FileName).Value!;
        var body = await BodySpool.ReceiveAsync(section.Body, about.State.Bodies, cancellationToken);
        if (stated.Length == 0 && body.Length == 0)
            await body.DisposeAsync();
        else
            files.Add(new SentFile(RestPaths.FileName(stated), body));
    }

    private async Task<string> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[about.State.Options.MaxInputBytes - _inputBytes + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (read == buffer.Length)
            throw new BadHttpRequestException("The parameters are too large.", StatusCodes.Status413PayloadTooLarge);
        _inputBytes += read;
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private static BadHttpRequestException Unreadable() => new("The form cannot be read.", StatusCodes.Status400BadRequest);
}

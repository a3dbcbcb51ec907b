using System.Globalization;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>Opens a part of a file.</summary>
internal delegate Task<Stream> OpenContent(ByteRange range, CancellationToken cancellationToken);

/// <summary>The answer to GET and HEAD of a file (RFC 9110 §9.3, §13, §14): described first, then judged, then sent; whole, in a part or in several.</summary>
internal sealed class FileAnswer(HttpContext context, Entry file, DateTimeOffset now)
{
    private readonly Representation _state = Representation.Of(file, now);

    private HttpResponse Response => context.Response;

    /// <summary>States what can be said of the file before anything is judged, as 304 repeats it.</summary>
    public void Describe()
    {
        _state.Describe(Response);
        Response.Headers.AcceptRanges = "bytes";
        Response.Headers.XContentTypeOptions = "nosniff";
    }

    public Verdict Judge() => Preconditions.Judge(context.Request, _state);

    /// <summary>Sends what is asked for; of HEAD only the headers.</summary>
    public async Task SendAsync(OpenContent open, CancellationToken cancellationToken)
    {
        var type = MediaTypes.Of(file);
        switch (Wanted())
        {
            case null:
                Begin(StatusCodes.Status200OK, type, file.Size);
                await PartAsync(open, new ByteRange(0, file.Size), cancellationToken);
                break;
            case []:
                Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Size}");
                Response.ContentLength = 0;
                break;
            case [var only]:
                Response.Headers.ContentRange = RangeParts.ContentRange(only, file.Size);
                Begin(StatusCodes.Status206PartialContent, type, only.Length!.Value);
                await PartAsync(open, only, cancellationToken);
                break;
            case { } several:
                var parts = new RangeParts(several, type, file.Size);
                Begin(StatusCodes.Status206PartialContent, parts.ContentType, parts.Length);
                await parts.SendAsync(Response.BodyWriter, open, cancellationToken);
                break;
        }
    }

    private IReadOnlyList<ByteRange>? Wanted() =>
        HttpMethods.IsGet(context.Request.Method) && _state.IsWhatIfRangeMeans(context.Request) ? RangeHeader.Parse(context.Request.Headers.Range, file.Size) : null;

    private void Begin(int status, string type, long length)
    {
        Response.StatusCode = status;
        Response.ContentType = type;
        Response.ContentLength = length;
        if (!MediaTypes.IsPassive(MediaTypes.Of(file)))
            Response.Headers.ContentSecurityPolicy = "sandbox";
    }

    private async Task PartAsync(OpenContent open, ByteRange part, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await using var content = await open(part, cancellationToken);
        await ContentPump.SendAsync(content, Response.BodyWriter, part.Length!.Value, cancellationToken);
    }
}

using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace OneFichier.Gateways.WebDav;

/// <summary>A 207 answer that is sent while it is made, so that a folder of any size takes no more memory than a part of it.</summary>
internal sealed class MultiStatus : IAsyncDisposable
{
    private const int Enough = 32 << 10;

    private readonly HttpResponse _response;
    private readonly MemoryStream _buffer = new();
    private readonly XmlWriter _writer;

    private MultiStatus(HttpResponse response)
    {
        _response = response;
        _writer = XmlWriter.Create(_buffer, DavXml.WriterSettings);
    }

    public static MultiStatus Begin(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status207MultiStatus;
        response.ContentType = DavXml.ContentType;
        var answer = new MultiStatus(response);
        answer._writer.WriteStartDocument();
        answer._writer.WriteStartElement("D", "multistatus", DavNames.Dav.NamespaceName);
        return answer;
    }

    /// <summary>The text of a status, as <c>HTTP/1.1 404 Not Found</c>.</summary>
    public static XElement StatusElement(int status) =>
        new(DavNames.Status, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}"));

    /// <summary>The properties of a place.</summary>
    public async Task AddAsync(string href, IEnumerable<XElement> propstats)
    {
        _writer.WriteStartElement("D", "response", DavNames.Dav.NamespaceName);
        new XElement(DavNames.Href, href).WriteTo(_writer);
        foreach (var propstat in propstats)
            propstat.WriteTo(_writer);
        await _writer.WriteEndElementAsync();
        _writer.Flush();
        if (_buffer.Length >= Enough)
            await SendAsync();
    }

    /// <summary>What became of a place, and why.</summary>
    public Task AddAsync(string href, Exception failure, TimeProvider time)
    {
        var error = GatewayError.Of(failure, time);
        return AddAsync(href, [StatusElement(error.Status), new XElement(DavNames.Dav + "responsedescription", XmlText.Holdable(error.Message))]);
    }

    /// <summary>Ends the document; a sentence about the whole of it comes last.</summary>
    public async Task EndAsync(string? description = null)
    {
        if (description is not null)
            new XElement(DavNames.Dav + "responsedescription", XmlText.Holdable(description)).WriteTo(_writer);
        _writer.WriteEndDocument();
        _writer.Flush();
        await SendAsync();
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return _buffer.DisposeAsync();
    }

    private async Task SendAsync()
    {
        await _response.Body.WriteAsync(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), _response.HttpContext.RequestAborted);
        _buffer.SetLength(0);
    }
}

using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OneFichier.Gateways.WebDav;

/// <summary>XML bodies: read within limits and without anything from elsewhere, written as one document.</summary>
internal static class DavXml
{
    public const string ContentType = "application/xml; charset=utf-8";

    /// <summary>Declares the prefix of the protocol's own namespace, which some clients look for by its letter.</summary>
    public static XAttribute Prefix => new(XNamespace.Xmlns + "D", DavNames.Dav.NamespaceName);

    public static XmlWriterSettings WriterSettings { get; } = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = false, Async = true };

    /// <summary>The root of the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="root">What its local name must be, in the namespace of the protocol.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns><see langword="null"/> when there is no body.</returns>
    /// <exception cref="DavException">It is no XML, another document, or beyond a limit.</exception>
    public static async Task<XElement?> ReadAsync(DavRequest request, string root, CancellationToken cancellationToken)
    {
        var body = await BytesAsync(request, cancellationToken);
        if (body.Length == 0)
            return null;
        var element = Parse(body, request.State.Options.MaxXmlDepth);
        return element.Name == DavNames.Dav + root ? element : throw DavException.BadRequest();
    }

    public static async Task WriteAsync(HttpResponse response, XElement root)
    {
        using var buffer = new MemoryStream();
        root.Add(Prefix);
        using (var writer = XmlWriter.Create(buffer, WriterSettings))
            root.WriteTo(writer);
        response.ContentType = ContentType;
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), response.HttpContext.RequestAborted);
    }

    private static async Task<byte[]> BytesAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var most = request.State.Options.MaxXmlBytes;
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Context.Request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > most)
                throw new DavException(StatusCodes.Status413PayloadTooLarge);
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static XElement Parse(byte[] body, int depth)
    {
        try
        {
            using (var reader = Reader(body))
            {
                while (reader.Read())
                {
                    if (reader.Depth > depth)
                        throw DavException.BadRequest();
                }
            }

            using var again = Reader(body);
            return XDocument.Load(again, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException)
        {
            throw DavException.BadRequest();
        }
    }

    private static XmlReader Reader(byte[] body) => XmlReader.Create(
        new MemoryStream(body, writable: false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
}

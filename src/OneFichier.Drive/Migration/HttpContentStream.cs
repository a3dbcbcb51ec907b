using System.Net;
using System.Net.Http.Headers;

namespace OneFichier.Drive.Migration;

/// <summary>What an address serves, from the first byte to the last: a connection that breaks is taken up where it broke, as long as the server can say that it is the same content.</summary>
internal sealed class HttpContentStream : ForwardStream
{
    private const int MostBreaks = 5;

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string? _tag;
    private readonly long? _length;
    private HttpResponseMessage? _response;
    private Stream _body;
    private long _position;
    private int _breaks;

    private HttpContentStream(HttpClient http, Uri address, HttpResponseMessage response, Stream body) : base(body)
    {
        (_http, _address, _response, _body) = (http, address, response, body);
        _tag = response.Headers.ETag is { IsWeak: false } tag ? tag.ToString() : null;
        _length = response.Content.Headers.ContentLength;
    }

    /// <exception cref="FichierSourceException">The address serves something of another size, or nothing.</exception>
    public static async Task<Stream> OpenAsync(HttpClient http, Uri address, long? size, CancellationToken cancellationToken)
    {
        var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
            throw Refused(response, $"answers {(int)response.StatusCode} {response.ReasonPhrase}");
        if (size is { } planned && response.Content.Headers.ContentLength is { } told && told != planned)
            throw Refused(response, $"has {told} bytes now and had {planned} when it was planned");

        return new HttpContentStream(http, address, response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var read = await _body.ReadAsync(buffer, cancellationToken);
                _position += read;
                return read > 0 || buffer.Length == 0 || _length is not { } length || _position >= length ? read : throw new IOException($"The address ended after {_position} of {length} bytes.");
            }
            catch (Exception e) when (e is IOException or HttpRequestException && _tag is not null && ++_breaks <= MostBreaks)
            {
                await ResumeAsync(cancellationToken);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _response?.Dispose();

        base.Dispose(disposing);
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        _response?.Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        request.Headers.Range = new RangeHeaderValue(_position, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(EntityTagHeaderValue.Parse(_tag!));
        _response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (_response.StatusCode != HttpStatusCode.PartialContent || _response.Content.Headers.ContentRange?.From != _position)
            throw new FichierSourceException(_address.GetLeftPart(UriPartial.Path), "broke off and cannot be taken up where it broke");

        _body = await _response.Content.ReadAsStreamAsync(cancellationToken);
    }

    private static FichierSourceException Refused(HttpResponseMessage response, string what)
    {
        using (response)
            return new FichierSourceException(response.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Path), what);
    }
}

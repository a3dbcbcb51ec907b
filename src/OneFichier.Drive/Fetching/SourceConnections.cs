using System.Net;
using System.Net.Sockets;

namespace OneFichier.Drive.Fetching;

/// <summary>
/// Connections of this machine to sources, whose addresses come from who knows where: only http and https, a few redirects, and, unless it is allowed, nobody who is not of the public network,
/// whatever its name resolves to.
/// </summary>
internal sealed class SourceConnections : IDisposable
{
    private const int Redirects = 5;

    private readonly HttpClient _http;
    private readonly RemoteUploadRunOptions _options;
    private readonly FichierOptions _client;
    private readonly bool _private;

    public SourceConnections(RemoteUploadRunOptions options, FichierOptions client)
    {
        (_options, _client) = (options, client);
        _private = options.AllowPrivate || client.ApiBase.IsLoopback;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(20), ConnectCallback = ConnectAsync };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>How long a body may stand still.</summary>
    public TimeSpan Stall => _client.StallTimeout;

    /// <summary>How long a source may take to tell its size.</summary>
    public TimeSpan ProbeTime => _options.ProbeTime;

    public TimeProvider Time => _client.Time;

    /// <summary>Asks a source, with the headers the service would send; those stay with the host they were given for.</summary>
    /// <exception cref="FichierException">It cannot be reached, or may not be.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, (long From, long To)? range, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_client.CallTimeout, _client.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var here = address;
            for (var hop = 0; hop <= Redirects; hop++)
            {
                using var request = Request(method, here, here.Authority == address.Authority, range);
                var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } next)
                    return response;
                response.Dispose();
                here = new Uri(here, next);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UriFormatException || (e is OperationCanceledException && late.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            throw (e as HttpRequestException)?.InnerException as FichierRejectedException ?? (Exception)new FichierUnavailableException($"{address.Host} cannot be reached from here, or breaks off.", null);
        }

        throw new FichierRejectedException($"{address.Host} redirects too often.");
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, Uri address, bool ownHost, (long From, long To)? range)
    {
        if (address.Scheme is not ("http" or "https"))
            throw new FichierRejectedException($"Only http and https can be fetched from here, not {address.Scheme}.");
        if (!_private && IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) && !IsPublic(literal))
            throw Refusal(address.Host);
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", _client.UserAgent);
        foreach (var (name, value) in ownHost ? _options.Headers : new Dictionary<string, string>())
            request.Headers.TryAddWithoutValidation(name, value);
        if (range is var (from, to))
            request.Headers.Range = new(from, to);
        return request;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isSource = context.DnsEndPoint.Host == context.InitialRequestMessage.RequestUri!.IdnHost;
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = isSource && !_private ? [.. addresses.Where(IsPublic)] : addresses;
        if (allowed.Length == 0)
            throw Refusal(context.DnsEndPoint.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static FichierRejectedException Refusal(string host) =>
        new($"'{host}' is not of the public network, and is not asked from here.") { Remedy = "Allow it: --allow-private" };

    private static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
            return !(IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || plain.IsIPv6SiteLocal || plain.IsIPv6UniqueLocal || plain.IsIPv6Multicast || plain.Equals(IPAddress.IPv6Any));
        var bytes = plain.GetAddressBytes();
        return (bytes[0], bytes[1]) switch
        {
            (0 or 10 or 127 or >= 224, _) or (172, >= 16 and <= 31) or (192, 168) or (169, 254) or (100, >= 64 and <= 127) => false,
            _ => true,
        };
    }
}

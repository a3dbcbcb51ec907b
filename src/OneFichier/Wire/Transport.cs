using System.IO.Compression;
using System.Net;
using System.Net.Sockets;

namespace OneFichier.Wire;

/// <summary>The connections at the bottom: our own, or those of an injected <see cref="HttpClient"/>.</summary>
internal static class Transport
{
    public static HttpMessageHandler Create(FichierOptions options) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(20),
        MaxConnectionsPerServer = 30,
        ConnectCallback = new FamilyPin(options.AddressFamily).ConnectAsync,
    };

    public static HttpMessageHandler Over(HttpClient client) => new ClientHandler(client);

    /// <summary>Bounds each API call in time and size of its whole answer, which may come compressed; requests that are no API call pass untouched.</summary>
    public static HttpMessageHandler Bounded(HttpMessageHandler inner, FichierOptions options) => new BoundedCalls(options) { InnerHandler = inner };

    private sealed class BoundedCalls(FichierOptions options) : DelegatingHandler
    {
        private const int LargestAnswer = 256 * 1024 * 1024;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.Options.TryGetValue(ApiCall.OptionsKey, out _))
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }

            request.Headers.AcceptEncoding.ParseAdd("gzip");
            using var timeout = new CancellationTokenSource(options.CallTimeout, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            var response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            try
            {
                await response.Content.LoadIntoBufferAsync(LargestAnswer, either.Token).ConfigureAwait(false);
                return await UnpackedAsync(response, either.Token).ConfigureAwait(false);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }

        private static async Task<HttpResponseMessage> UnpackedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        {
            var packed = response.Content;
            if (!packed.Headers.ContentEncoding.Contains("gzip"))
            {
                return response;
            }

            var source = await packed.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            response.Content = new StreamContent(new GZipStream(source, CompressionMode.Decompress));
            response.Content.Headers.ContentType = packed.Headers.ContentType;
            try
            {
                await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken).ConfigureAwait(false);
                return response;
            }
            catch (InvalidDataException e)
            {
                throw new HttpRequestException(HttpRequestError.InvalidResponse, "The answer is packed in a way that cannot be unpacked.", e);
            }
        }
    }

    private sealed class ClientHandler(HttpClient client) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content, Version = request.Version };
            foreach (var header in request.Headers)
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            try
            {
                return await client.SendAsync(copy, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                copy.Content = null;
            }
        }
    }

    /// <summary>Keeps all connections on one address family: the service counts IPv4 and IPv6 of one account as two places.</summary>
    private sealed class FamilyPin(AddressFamily wanted)
    {
        private AddressFamily _family = wanted;

        public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            var endPoint = context.DnsEndPoint;
            var all = await Dns.GetHostAddressesAsync(endPoint.Host, cancellationToken).ConfigureAwait(false);
            var usable = _family == AddressFamily.Unspecified ? all : all.Where(a => a.AddressFamily == _family).ToArray();
            if (usable.Length == 0)
            {
                usable = all;
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(usable, endPoint.Port, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            Remember(socket, endPoint.Host);
            return new NetworkStream(socket, ownsSocket: true);
        }

        private void Remember(Socket socket, string host)
        {
            if (_family == AddressFamily.Unspecified && KeyGuard.IsOfService(host) && socket.RemoteEndPoint is IPEndPoint remote)
            {
                _family = remote.Address.IsIPv4MappedToIPv6 ? AddressFamily.InterNetwork : remote.AddressFamily;
            }
        }
    }
}

using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OneFichier.Gateways;

/// <summary>What a client may ask of the host before anything is known of it. The defaults suit slow lines and small machines.</summary>
public sealed record GatewayLimits
{
    /// <summary>Bytes of a request line; more is 414. Default 16 KiB: a path of a thousand characters, each in three escaped bytes, fits.</summary>
    public int RequestLine { get; init; } = 16 * 1024;

    /// <summary>Bytes of all headers of a request; more is 431. Default 32 KiB.</summary>
    public int Headers { get; init; } = 32 * 1024;

    /// <summary>How many headers; more is 431. Default 100.</summary>
    public int HeaderCount { get; init; } = 100;

    /// <summary>How long the headers of a request may take; then the connection is closed. Default 20 seconds.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a connection may stay open between two requests. Default 2 minutes.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Connections at a time, over all clients; one more is closed at once. Default 512.</summary>
    public int Connections { get; init; } = 512;

    /// <summary>Bytes a second a body must come with on the average, after the grace; slower is 408. Default 240, which a modem keeps. Zero for no limit.</summary>
    public double BodyRate { get; init; } = 240;

    /// <summary>How long a body may be slower than that at its beginning: a disk may have to wake up. Default 30 seconds.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Puts the limits on a server. Bodies have no greatest size here: an upload may be as long as a file, and a face bounds what else it reads.</summary>
    public void Apply(KestrelServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(server);
        server.AddServerHeader = false;
        server.AllowSynchronousIO = false;
        var limits = server.Limits;
        limits.MaxRequestLineSize = RequestLine;
        limits.MaxRequestHeadersTotalSize = Headers;
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, Headers + RequestLine);
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = KeepAlive;
        limits.MaxConcurrentConnections = Connections;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = BodyRate > 0 ? new MinDataRate(BodyRate, BodyGrace) : null;
    }
}

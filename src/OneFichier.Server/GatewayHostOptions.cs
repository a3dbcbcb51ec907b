using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using OneFichier.Gateways;

namespace OneFichier.Server;

/// <summary>How gateways are hosted.</summary>
public sealed record GatewayHostOptions
{
    /// <summary>Decides who may in.</summary>
    public required IGatekeeper Gatekeeper { get; init; }

    /// <summary>The faces. One alone answers at the root, several each below its name.</summary>
    public required IReadOnlyList<GatewayFace> Faces { get; init; }

    /// <summary>Where to listen; default a free port of the loopback address.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>With it HTTPS alone is spoken, in HTTP/1.1 and HTTP/2; without it plain HTTP/1.1. Who made it disposes of it, after the host.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Names under which the host is reached, besides localhost and its addresses.</summary>
    public IReadOnlyCollection<string> HostNames { get; init; } = [];

    /// <summary>What a client may ask for.</summary>
    public GatewayLimits Limits { get; init; } = new();

    /// <summary>How long requests under way may still take once the host is to stop; then they are cut. Default 20 seconds.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Which clock is used.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told what happens.</summary>
    public ILoggerFactory? Logs { get; init; }
}

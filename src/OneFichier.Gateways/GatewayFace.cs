using Microsoft.AspNetCore.Builder;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>A protocol spoken over the drive.</summary>
/// <param name="Name">What it is called in tokens, in the audit log and on the command line: <c>webdav</c>, <c>http</c>, <c>restic</c>, <c>rest</c>.</param>
/// <param name="Map">
/// Puts its middleware on. Every request that comes through has passed the guard, so <see cref="GatewaySessions.Session"/> is there; where several faces share a host, each lies below
/// a prefix, which is the request's <c>PathBase</c>.
/// </param>
public sealed record GatewayFace(string Name, Action<IApplicationBuilder> Map)
{
    /// <summary>In what form failures are answered, those of the guard too; default plain text.</summary>
    public ErrorForm? Errors { get; init; }

    /// <summary>
    /// Files that come and go by the protocol itself, as the locks of restic, by their path in the session's volume: who may only append may remove them all the same. Default none.
    /// </summary>
    public Func<VolumePath, bool>? Fleeting { get; init; }
}

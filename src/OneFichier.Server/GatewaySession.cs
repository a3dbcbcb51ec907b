using OneFichier.Drive;
using OneFichier.Gateways;

namespace OneFichier.Server;

/// <summary>A caller that was let in, and the tree it works on.</summary>
public sealed record GatewaySession(string User, IVolume Volume, VolumePath Root, bool MayChange) : IGatewaySession;

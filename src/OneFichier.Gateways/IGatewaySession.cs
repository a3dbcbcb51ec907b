using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>
/// On whose behalf a request works, and on what. The guard in front of every face sets it as a feature of the request once it knows the caller; a face works on
/// <see cref="Volume"/> and on nothing else, and so needs no line of its own about who may do what.
/// </summary>
public interface IGatewaySession
{
    /// <summary>The name of the token, for locks and logs.</summary>
    string User { get; }

    /// <summary>The tree as the caller may see and change it: what is refused throws <see cref="UnauthorizedAccessException"/>, or is not there.</summary>
    IVolume Volume { get; }

    /// <summary>Where the root of <see cref="Volume"/> lies in the tree that all sessions share; a face that remembers something of a path remembers it of the whole one.</summary>
    VolumePath Root => VolumePath.Root;

    /// <summary>Whether what is stored may be changed. Who may not, may not keep others from it either, as by a lock.</summary>
    bool MayChange => true;
}

/// <summary>Finds the session of a request.</summary>
public static class GatewaySessions
{
    /// <summary>The session of a request that has passed the guard.</summary>
    /// <exception cref="InvalidOperationException">No guard stands in front of this face.</exception>
    public static IGatewaySession Session(this HttpContext context) =>
        context.Features.Get<IGatewaySession>() ?? throw new InvalidOperationException("No guard stands in front of this face.");
}

using System.Net;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>Decides who may in. The guard asks it for every request.</summary>
public interface IGatekeeper
{
    /// <summary>Judges a request. What was shown may be anything, and any number of requests may be judged at once.</summary>
    ValueTask<Admission> AdmitAsync(LoginAttempt attempt, CancellationToken cancellationToken = default);
}

/// <summary>What a request shows of its caller.</summary>
/// <param name="Face">The face it came to.</param>
/// <param name="From">Where it came from; an IPv4 address is never in its IPv6 form.</param>
public sealed record LoginAttempt(string Face, IPAddress From)
{
    /// <summary>The user name; <see langword="null"/> with a Bearer token, or when nothing was shown.</summary>
    public string? User { get; init; }

    /// <summary>The password or Bearer token; <see langword="null"/> when nothing was shown.</summary>
    public string? Secret { get; init; }

    /// <summary>As <see cref="GatewayFace.Fleeting"/>, of that face.</summary>
    public Func<VolumePath, bool>? Fleeting { get; init; }

    /// <summary>Never shows the secret.</summary>
    public override string ToString() => $"{Face} from {From}";
}

/// <summary>The answer to a request for admission: a session, or why there is none.</summary>
public sealed record Admission
{
    private Admission() { }

    /// <summary>Nothing was shown, or nothing that is known (401).</summary>
    public static Admission Unknown { get; } = new();

    /// <summary>The session, when the caller is let in.</summary>
    public IGatewaySession? Session { get; private init; }

    /// <summary>Why a caller who is known may not in here (403).</summary>
    public string? Refusal { get; private init; }

    /// <summary>How long the caller has to wait before anything it shows is looked at (429).</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The caller is let in.</summary>
    public static Admission Of(IGatewaySession session) => new() { Session = session };

    /// <summary>The caller is known and kept out.</summary>
    public static Admission Refused(string reason) => new() { Refusal = reason };

    /// <summary>The caller has failed too often.</summary>
    public static Admission Later(TimeSpan wait) => new() { RetryAfter = wait };
}

using OneFichier.Drive.Access;

namespace OneFichier.Server.Tokens;

/// <summary>A key to the gateways, as it is kept: everything but the secret.</summary>
/// <param name="Id">Eight letters and digits that tell tokens apart; part of the secret, and no secret itself.</param>
/// <param name="User">The user name that goes with the secret where a client wants one.</param>
/// <param name="Hash">SHA-256 of the secret (docs/spec/tokens.md says why that is enough).</param>
/// <param name="Scope">What it allows.</param>
public sealed record Token(string Id, string User, byte[] Hash, AccessScope Scope)
{
    /// <summary>The remote it is for, as <c>1f</c>; <see langword="null"/> for whatever is served.</summary>
    public string? Remote { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it was revoked; <see langword="null"/> while it is not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>Whether it still works.</summary>
    public bool IsAlive(DateTimeOffset now) => Revoked is null && !Scope.HasEnded(now);

    /// <summary>Never shows the hash.</summary>
    public override string ToString() => $"{Id} ({User})";
}

/// <summary>A new token and its secret, which is never shown again.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">The secret.</param>
public sealed record IssuedToken(Token Token, string Secret)
{
    /// <summary>Never shows the secret.</summary>
    public override string ToString() => Token.ToString();
}

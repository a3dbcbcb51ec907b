using OneFichier.Drive.Access;

namespace OneFichier.Server.Tokens;

/// <summary>A token that is wanted.</summary>
/// <param name="Scope">What it is to allow.</param>
public sealed record TokenRequest(AccessScope Scope)
{
    /// <summary>The user name; default the id. Letters, digits, <c>. _ -</c>, at most 64, and no other living token's.</summary>
    public string? User { get; init; }

    /// <summary>The remote it is for; default whatever is served.</summary>
    public string? Remote { get; init; }

    internal void Validate(DateTimeOffset now)
    {
        if (User is { } user && (user.Length is 0 or > 64 || !user.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')))
            throw new ArgumentException("A token's name is of letters, digits and . _ -, at most 64.");
        if (Scope.Budget <= 0)
            throw new ArgumentException("A byte budget is one byte or more.");
        if (Scope.HasEnded(now))
            throw new ArgumentException("The token would have ended already.");
        if (Scope.Path.HasDotSegments)
            throw new ArgumentException("The path of a token has no . or .. in it.");
    }
}

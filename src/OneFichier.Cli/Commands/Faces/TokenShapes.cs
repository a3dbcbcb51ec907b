using OneFichier.Server.Tokens;

namespace OneFichier.Cli.Commands;

/// <summary>A new token, with the secret that is shown this once.</summary>
internal sealed record TokenIssuedShape(string Id, string User, string Secret, string Scope, string Path, IReadOnlyList<string> Faces, DateTimeOffset? Expires)
{
    public IReadOnlyList<string> Networks { get; init; } = [];

    public long? Budget { get; init; }

    public string? Remote { get; init; }

    public static TokenIssuedShape Of(IssuedToken issued) => new(
        issued.Token.Id, issued.Token.User, issued.Secret, issued.Token.Scope.Level.ToString().ToLowerInvariant(), "/" + issued.Token.Scope.Path, issued.Token.Scope.Faces, issued.Token.Scope.Expires)
    {
        Networks = [.. issued.Token.Scope.Networks.Select(n => n.ToString())],
        Budget = issued.Token.Scope.Budget,
        Remote = issued.Token.Remote,
    };
}

/// <summary>A token as it is listed.</summary>
internal sealed record TokenShape(string Id, string User, string State, string Scope, string Path, IReadOnlyList<string> Faces, DateTimeOffset? Expires)
{
    public IReadOnlyList<string> Networks { get; init; } = [];

    public long? Budget { get; init; }

    public long Up { get; init; }

    public long Down { get; init; }

    public string? Remote { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset? Revoked { get; init; }

    public static TokenShape Of(Token token, (long Up, long Down) used, DateTimeOffset now) => new(
        token.Id, token.User, StateOf(token, now), token.Scope.Level.ToString().ToLowerInvariant(), "/" + token.Scope.Path, token.Scope.Faces, token.Scope.Expires)
    {
        Networks = [.. token.Scope.Networks.Select(n => n.ToString())],
        Budget = token.Scope.Budget,
        Up = used.Up,
        Down = used.Down,
        Remote = token.Remote,
        Created = token.Created,
        Revoked = token.Revoked,
    };

    private static string StateOf(Token token, DateTimeOffset now) => token.Revoked is not null ? "revoked" : token.Scope.HasEnded(now) ? "ended" : "alive";
}

internal sealed record TokenRevokedShape(string Id, string User, DateTimeOffset Revoked);

internal sealed record AuditVerdictShape(bool Intact, long Records, string Head, IReadOnlyList<AuditProblemShape> Problems);

internal sealed record AuditProblemShape(string File, long Line, string Problem);

internal sealed record Listening(string Type, string Face, string Url);

using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways;

namespace OneFichier.Server.Tokens;

/// <summary>What tokens open.</summary>
/// <param name="Volume">The tree, from the root of its remote: paths of tokens are read in it.</param>
public sealed record ServedTree(IVolume Volume)
{
    /// <summary>The remote it is the whole of, as <c>1f</c>; a token that names another is refused. <see langword="null"/> where it is none.</summary>
    public string? Remote { get; init; }

    /// <summary>The folder that is served; a token sees the part of its own folder that lies in it.</summary>
    public VolumePath Folder { get; init; }

    /// <summary>Whether every token may only read here, whatever it allows.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>What the door needs.</summary>
/// <param name="Tree">What is behind it.</param>
/// <param name="Tokens">Who may in.</param>
/// <param name="Meters">What they have used.</param>
/// <param name="Log">What they do.</param>
public sealed record GatekeeperOptions(ServedTree Tree, TokenStore Tokens, TokenMeters Meters, IAccessLog Log)
{
    /// <summary>How wrong logins are slowed.</summary>
    public LoginThrottleOptions Throttle { get; init; } = new();

    /// <summary>What is recorded.</summary>
    public bool Listings { get; init; }

    /// <summary>Whether a text is the key of the account, which opens nothing here.</summary>
    public Func<string, bool> IsAccountKey { get; init; } = text => ApiKey.TryParse(text, out var key, out _) && key.HasUsualShape;

    /// <summary>Which clock is used.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of what the owner should look at.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}

/// <summary>Lets in who shows the secret of a living token, from a place and to a face where that may be used. Everything else is slowed and on record.</summary>
public sealed class TokenGatekeeper(GatekeeperOptions options) : IGatekeeper
{
    private static readonly byte[] Nobody = RandomNumberGenerator.GetBytes(32);

    private readonly LoginThrottle _throttle = new(options.Time, options.Throttle);
    private readonly Greetings _greetings = new(options.Time);

    /// <inheritdoc/>
    public async ValueTask<Admission> AdmitAsync(LoginAttempt attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        if (attempt.Secret is not { Length: > 0 } secret)
            return Admission.Unknown;
        var user = attempt.User is { Length: > 0 } named ? named : TokenSecret.IdIn(secret) ?? "";
        if (_throttle.WaitOf(attempt.From, user) is { Ticks: > 0 } wait)
            return Admission.Later(wait);

        var token = user.Length == 0 ? null : attempt.User is { Length: > 0 } ? options.Tokens.ByUser(user) : options.Tokens.ById(user);
        var isRight = CryptographicOperations.FixedTimeEquals(TokenSecret.Hash(secret), token?.Hash ?? Nobody);
        if (token is null || !isRight || !token.IsAlive(options.Time.GetUtcNow()))
            return await WrongAsync(attempt, user, token, isRight);

        _throttle.Succeeded(attempt.From, user);
        return await KnownAsync(attempt, token);
    }

    private async ValueTask<Admission> WrongAsync(LoginAttempt attempt, string user, Token? token, bool isRight)
    {
        _throttle.Failed(attempt.From, user);
        var isKey = options.IsAccountKey(attempt.Secret!) || options.IsAccountKey(user);
        if (isKey)
            options.Logger.LogWarning("A client at {Address} sent the account's own key to {Face}. It never works there, and whoever listened knows it now; give the client a token and make a new key.", attempt.From, attempt.Face);
        var reason = isKey ? "the account's own key was shown" : (token, isRight) switch
        {
            (null, _) => "unknown user",
            (_, false) => "wrong secret",
            ({ Revoked: not null }, _) => "revoked",
            _ => "ended",
        };
        await RecordAsync(CallerOf(attempt, token), reason);
        return Admission.Unknown;
    }

    private async ValueTask<Admission> KnownAsync(LoginAttempt attempt, Token token)
    {
        var caller = CallerOf(attempt, token);
        var folder = FolderOf(token);
        var refusal = token.Scope.Refuses(attempt.Face, attempt.From)
            ?? (token.Remote is { } remote && remote != options.Tree.Remote ? "This token is for another remote." : folder is null ? "This token's folder is not served here." : null);
        if (refusal is not null)
        {
            await RecordAsync(caller, refusal);
            return Admission.Refused(refusal);
        }

        if (_greetings.IsNew(caller))
            await RecordAsync(caller, null);
        var scope = token.Scope with { Path = folder!.Value, Level = options.Tree.ReadOnly ? AccessLevel.Read : token.Scope.Level };
        return Admission.Of(new GatewaySession(token.User, VolumeOf(token, caller, scope, attempt.Fleeting), scope.Path, scope.Level >= AccessLevel.Write));
    }

    /// <summary>The part of the tree that both the token and the served folder mean.</summary>
    private VolumePath? FolderOf(Token token) =>
        token.Scope.Path.IsWithin(options.Tree.Folder) ? token.Scope.Path : options.Tree.Folder.IsWithin(token.Scope.Path) ? options.Tree.Folder : null;

    private IVolume VolumeOf(Token token, AccessCaller caller, AccessScope scope, Func<VolumePath, bool>? fleeting) => VolumeLayers.Build(options.Tree.Volume, new VolumeLayerOptions
    {
        Access = new AccessLayer(scope, options.Meters.Of(token)) { Fleeting = fleeting },
        Audit = new AuditLayer(caller, options.Log, new AuditOptions { Root = scope.Path, Listings = options.Listings }),
    });

    private ValueTask RecordAsync(AccessCaller caller, string? refusal) =>
        options.Log.RecordAsync([new AccessRecord(caller, AccessVerb.Login, "/") { Outcome = refusal is null ? AccessOutcome.Done : AccessOutcome.Refused, Reason = refusal }]);

    /// <summary>A name that is no token's is not written down: it may be a secret in the wrong field.</summary>
    private static AccessCaller CallerOf(LoginAttempt attempt, Token? token) => new(token?.Id ?? "", token?.User ?? "", attempt.Face, attempt.From.ToString());
}

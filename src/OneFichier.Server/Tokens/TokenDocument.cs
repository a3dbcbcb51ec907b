using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using OneFichier.Drive;
using OneFichier.Drive.Access;

namespace OneFichier.Server.Tokens;

/// <summary>The file of tokens (docs/spec/tokens.md).</summary>
internal sealed record TokenDocument(int Version, IReadOnlyList<TokenDocument.Row> Tokens)
{
    public const int Current = 1;

    public static IReadOnlyList<Token> Read(byte[] bytes, string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize(bytes, TokenJson.Default.TokenDocument) ?? throw new JsonException();
            return document.Version <= Current
                ? [.. document.Tokens.Select(r => r.ToToken())]
                : throw new IOException($"'{path}' was written by a newer fichier (version {document.Version}; this one reads {Current}). Update this one.");
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or NullReferenceException)
        {
            throw new IOException($"'{path}' is damaged, so that no token works. Restore it from a backup, or remove it and issue new tokens.", e);
        }
    }

    public static byte[] Write(IEnumerable<Token> tokens) =>
        JsonSerializer.SerializeToUtf8Bytes(new TokenDocument(Current, [.. tokens.Select(Row.Of)]), TokenJson.Default.TokenDocument);

    internal sealed record Row(string Id, string User, string Hash, string Scope, string Path)
    {
        public IReadOnlyList<string>? Faces { get; init; }

        public IReadOnlyList<string>? Networks { get; init; }

        public string? Remote { get; init; }

        public long? Budget { get; init; }

        public DateTimeOffset Created { get; init; }

        public DateTimeOffset? Expires { get; init; }

        public DateTimeOffset? Revoked { get; init; }

        public static Row Of(Token token) => new(token.Id, token.User, Convert.ToHexStringLower(token.Hash), token.Scope.Level.ToString().ToLowerInvariant(), "/" + token.Scope.Path)
        {
            Faces = token.Scope.Faces.Count > 0 ? token.Scope.Faces : null,
            Networks = token.Scope.Networks.Count > 0 ? [.. token.Scope.Networks.Select(n => n.ToString())] : null,
            Remote = token.Remote,
            Budget = token.Scope.Budget,
            Created = token.Created,
            Expires = token.Scope.Expires,
            Revoked = token.Revoked,
        };

        public Token ToToken()
        {
            var scope = new AccessScope
            {
                Level = Enum.TryParse<AccessLevel>(Scope, ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : throw new FormatException($"unknown scope '{Scope}'"),
                Path = VolumePath.Parse(Path),
                Faces = Faces ?? [],
                Networks = [.. (Networks ?? []).Select(n => IPNetwork.Parse(n))],
                Budget = Budget,
                Expires = Expires,
            };
            var hash = Convert.FromHexString(Hash);
            return new Token(Id, User, hash.Length == 32 ? hash : throw new FormatException("a hash of another length"), scope) { Remote = Remote, Created = Created, Revoked = Revoked };
        }
    }
}

/// <summary>What one token has used.</summary>
internal sealed record UsageDocument(int Version, long Up, long Down);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(TokenDocument))]
[JsonSerializable(typeof(UsageDocument))]
internal sealed partial class TokenJson : JsonSerializerContext;

using System.Security.Cryptography;
using System.Text;

namespace OneFichier.Server.Tokens;

/// <summary>Secrets of tokens: <c>fichier-ID-RANDOM</c>, whose last part has 200 random bits.</summary>
public static class TokenSecret
{
    private const string Prefix = "fichier-";
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz023456789";
    private const int IdLength = 8;
    private const int RandomLength = 40;

    /// <summary>A new id: forty random bits.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(Alphabet, IdLength);

    /// <summary>A new secret of a token.</summary>
    public static string New(string id) => $"{Prefix}{id}-{RandomNumberGenerator.GetString(Alphabet, RandomLength)}";

    /// <summary>What is kept of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The id in a secret, if it looks like one.</summary>
    public static string? IdIn(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Length == Prefix.Length + IdLength + 1 + RandomLength && secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret.Substring(Prefix.Length, IdLength) : null;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Server.Keys;

/// <summary>The file format of a stored secret, version 1: AES-256-GCM; its name and all parameters are authenticated with it.</summary>
/// <param name="Version">1. A newer one is refused.</param>
/// <param name="Account">The secret's name: that of the account for a key; a file moved under another name does not open.</param>
/// <param name="Iterations">Of PBKDF2-SHA256 over the passphrase; 0 where there is none.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Nonce">12 random bytes.</param>
/// <param name="Tag">The 16 bytes that prove nothing was changed.</param>
/// <param name="Data">The secret, encrypted.</param>
internal sealed record SealedSecret(int Version, string Account, int Iterations, byte[] Salt, byte[] Nonce, byte[] Tag, byte[] Data)
{
    public const int PassphraseIterations = 600_000;
    private const int CurrentVersion = 1;

    public static SealedSecret Seal(string name, string secret, byte[] dataKey, string? passphrase)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new SealedSecret(
            CurrentVersion, name, passphrase is null ? 0 : PassphraseIterations,
            RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12), new byte[16], new byte[plain.Length]);
        using var cipher = new AesGcm(box.CipherKey(dataKey, passphrase), 16);
        cipher.Encrypt(box.Nonce, plain, box.Data, box.Tag, box.Header());
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    /// <exception cref="CryptographicException">Another data key or passphrase, or a changed file.</exception>
    public string Open(byte[] dataKey, string? passphrase)
    {
        var plain = new byte[Data.Length];
        using var cipher = new AesGcm(CipherKey(dataKey, passphrase), 16);
        cipher.Decrypt(Nonce, Data, Tag, plain, Header());
        return Encoding.UTF8.GetString(plain);
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, SealedSecretJson.Default.SealedSecret);

    /// <exception cref="JsonException">Not this format, or a newer version of it.</exception>
    public static SealedSecret Read(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var version = document.RootElement.TryGetProperty("version", out var v) && v.TryGetInt32(out var number) ? number : 0;
        if (version != CurrentVersion)
            throw new JsonException($"it has version {version} of the format; this program reads version {CurrentVersion}");

        var box = document.Deserialize(SealedSecretJson.Default.SealedSecret);
        return box is { Nonce.Length: 12, Tag.Length: 16, Iterations: >= 0 and <= 100_000_000 }
            ? box
            : throw new JsonException("its members are not those of a stored key");
    }

    private byte[] CipherKey(byte[] dataKey, string? passphrase)
    {
        var stretched = Iterations == 0 || passphrase is null
            ? []
            : Rfc2898DeriveBytes.Pbkdf2(passphrase, Salt, Iterations, HashAlgorithmName.SHA256, 32);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, [.. dataKey, .. stretched], 32, Salt, "fichier stored key"u8.ToArray());
    }

    private byte[] Header()
    {
        var name = Encoding.UTF8.GetBytes(Account);
        var header = new byte[8 + name.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, Version);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Iterations);
        name.CopyTo(header, 8);
        return header;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SealedSecret))]
internal sealed partial class SealedSecretJson : JsonSerializerContext;

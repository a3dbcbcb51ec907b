using System.Security.Cryptography;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>
/// NaCl's secretbox: XSalsa20 and Poly1305. A box is a tag of <see cref="Overhead"/> bytes and the encrypted message behind it.
/// </summary>
public static class SecretBox
{
    /// <summary>The length of a key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>The length of a nonce in bytes. No two messages may share key and nonce.</summary>
    public const int NonceSize = XSalsa20.NonceSize;

    /// <summary>How much longer than its message a box is.</summary>
    public const int Overhead = Poly1305.TagSize;

    /// <summary>Encrypts a message and authenticates it. The message must not overlap the box.</summary>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> message, Span<byte> box, SalsaImplementation implementation = SalsaImplementation.Auto)
    {
        Check(key, nonce, box, message.Length);
        Span<byte> once = stackalloc byte[Poly1305.KeySize];
        new XSalsa20(key, nonce, implementation).Xor(once, message, box[Overhead..]);
        Poly1305.Tag(once, box[Overhead..], box);
        CryptographicOperations.ZeroMemory(once);
    }

    /// <summary>Decrypts a box if it is authentic. Nothing is written otherwise. The message must not overlap the box.</summary>
    /// <returns>Whether it is.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> box, Span<byte> message, SalsaImplementation implementation = SalsaImplementation.Auto)
    {
        Check(key, nonce, box, message.Length);
        Span<byte> once = stackalloc byte[Poly1305.KeySize];
        Span<byte> tag = stackalloc byte[Poly1305.TagSize];
        var stream = new XSalsa20(key, nonce, implementation);
        stream.Xor(once, [], []);
        Poly1305.Tag(once, box[Overhead..], tag);
        var authentic = CryptographicOperations.FixedTimeEquals(tag, box[..Overhead]);
        if (authentic)
            stream.Xor(once, box[Overhead..], message);
        CryptographicOperations.ZeroMemory(once);
        return authentic;
    }

    private static void Check(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> box, int message)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, NonceSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(box.Length, message + Overhead);
    }
}

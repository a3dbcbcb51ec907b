using System.Security.Cryptography;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>
/// The wide-block cipher EME over AES (Halevi and Rogaway, "A Parallelizable Enciphering Mode"): every bit of the output depends on every bit of the input, and
/// the length does not change. One thread at a time.
/// </summary>
public sealed class Eme : IDisposable
{
    /// <summary>Lengths are multiples of this.</summary>
    public const int BlockSize = 16;

    /// <summary>The longest message.</summary>
    public const int LongestMessage = 128 * BlockSize;

    private readonly ICryptoTransform _encrypt;
    private readonly ICryptoTransform _decrypt;
    private readonly byte[] _masks = new byte[LongestMessage];

    /// <summary>Starts with an AES key of 16, 24 or 32 bytes.</summary>
    public Eme(byte[] key)
    {
        using var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        _encrypt = aes.CreateEncryptor(key, null);
        _decrypt = aes.CreateDecryptor(key, null);
        MakeMasks();
    }

    /// <summary>Encrypts in place.</summary>
    /// <param name="tweak">16 bytes that need not be secret; the same ones decrypt.</param>
    /// <param name="message">1 to 128 blocks.</param>
    public void Encrypt(ReadOnlySpan<byte> tweak, byte[] message) => Transform(_encrypt, tweak, message);

    /// <summary>Decrypts in place.</summary>
    /// <param name="tweak">16 bytes that need not be secret; the same ones encrypt.</param>
    /// <param name="message">1 to 128 blocks.</param>
    public void Decrypt(ReadOnlySpan<byte> tweak, byte[] message) => Transform(_decrypt, tweak, message);

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_masks);
        _encrypt.Dispose();
        _decrypt.Dispose();
    }

    private void MakeMasks()
    {
        _encrypt.TransformBlock(new byte[BlockSize], 0, BlockSize, _masks, 0);
        Double(_masks.AsSpan(0, BlockSize));
        for (var at = BlockSize; at < _masks.Length; at += BlockSize)
        {
            _masks.AsSpan(at - BlockSize, BlockSize).CopyTo(_masks.AsSpan(at));
            Double(_masks.AsSpan(at, BlockSize));
        }
    }

    private void Transform(ICryptoTransform cipher, ReadOnlySpan<byte> tweak, byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tweak.Length, BlockSize);
        if (message.Length is 0 or > LongestMessage || message.Length % BlockSize != 0)
            throw new ArgumentException($"1 to 128 blocks of {BlockSize} bytes, not {message.Length} bytes.", nameof(message));

        var text = message.AsSpan();
        Xor(text, _masks);
        cipher.TransformBlock(message, 0, message.Length, message, 0);
        MixMiddle(cipher, tweak, text);
        cipher.TransformBlock(message, 0, message.Length, message, 0);
        Xor(text, _masks);
    }

    /// <summary>Lets all blocks depend on one another: their sum is encrypted once, and its doublings are laid over all but the first.</summary>
    private static void MixMiddle(ICryptoTransform cipher, ReadOnlySpan<byte> tweak, Span<byte> text)
    {
        var sum = tweak.ToArray();
        for (var at = 0; at < text.Length; at += BlockSize)
            Xor(sum, text[at..]);
        var encrypted = new byte[BlockSize];
        cipher.TransformBlock(sum, 0, BlockSize, encrypted, 0);

        Span<byte> first = stackalloc byte[BlockSize];
        encrypted.CopyTo(first);
        Xor(first, tweak);
        var mask = sum.AsSpan();
        Xor(mask, encrypted);
        for (var at = BlockSize; at < text.Length; at += BlockSize)
        {
            Double(mask);
            Xor(text.Slice(at, BlockSize), mask);
            Xor(first, text[at..]);
        }

        first.CopyTo(text);
    }

    /// <summary>Doubles in the field GF(2^128), bytes in little-endian order.</summary>
    private static void Double(Span<byte> value)
    {
        var carry = value[BlockSize - 1] >> 7;
        for (var i = BlockSize - 1; i > 0; i--)
            value[i] = (byte)(value[i] << 1 | value[i - 1] >> 7);
        value[0] = (byte)(value[0] << 1 ^ -carry & 0x87);
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] ^= mask[i];
    }
}

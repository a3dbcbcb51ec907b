using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>
/// rclone's way to write a password into its configuration so that it cannot be read in passing. Not a protection: the key is the same for everybody and published with rclone.
/// </summary>
public static class Obscured
{
    private const int BlockSize = 16;

    private static readonly byte[] PublishedKey = Convert.FromHexString("9c935b48730a554d6bfd7c63c886a92bd390198eb8128afbf4de162b8b95f638");

    /// <summary>Obscures a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">16 bytes that should be random: the same text then never looks the same.</param>
    public static string Obscure(string text, ReadOnlySpan<byte> start)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Length, BlockSize);
        byte[] bytes = [.. start, .. Encoding.UTF8.GetBytes(text)];
        Apply(start, bytes.AsSpan(BlockSize));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what was obscured.</summary>
    /// <returns><see langword="null"/> when it was not obscured by rclone.</returns>
    public static string? Reveal(string obscured)
    {
        ArgumentNullException.ThrowIfNull(obscured);
        if (!Base64Url.IsValid(obscured) || obscured.Contains('=', StringComparison.Ordinal))
            return null;
        var bytes = Base64Url.DecodeFromChars(obscured);
        if (bytes.Length < BlockSize)
            return null;
        Apply(bytes.AsSpan(0, BlockSize), bytes.AsSpan(BlockSize));
        return Text(bytes.AsSpan(BlockSize));
    }

    private static string? Text(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>AES in counter mode.</summary>
    private static void Apply(ReadOnlySpan<byte> start, Span<byte> bytes)
    {
        using var aes = Aes.Create();
        aes.Key = PublishedKey;
        var counter = start.ToArray();
        var stream = new byte[BlockSize];
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(BlockSize, bytes.Length)..])
        {
            aes.EncryptEcb(counter, stream, PaddingMode.None);
            for (var i = 0; i < Math.Min(BlockSize, bytes.Length); i++)
                bytes[i] ^= stream[i];
            Increment(counter);
        }
    }

    private static void Increment(byte[] counter)
    {
        for (var i = counter.Length - 1; i >= 0 && ++counter[i] == 0; i--)
        {
        }
    }
}

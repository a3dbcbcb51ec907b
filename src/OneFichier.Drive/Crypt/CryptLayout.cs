namespace OneFichier.Drive.Crypt;

/// <summary>The layout of an encrypted file: 8 bytes of magic, a nonce of 24, then boxes of 64 KiB each (the last may be shorter) and a tag of 16 bytes before each.</summary>
internal static class CryptLayout
{
    public const int NonceSize = 24;
    public const int HeaderSize = 8 + NonceSize;
    public const int BlockSize = 64 * 1024;
    public const int TagSize = 16;
    public const int BoxSize = TagSize + BlockSize;

    public static ReadOnlySpan<byte> Magic => "RCLONE\0\0"u8;

    /// <summary>The size of a file once it is encrypted.</summary>
    public static long Encrypted(long plain) => HeaderSize + plain + (plain + BlockSize - 1) / BlockSize * TagSize;

    /// <summary>The size of what is in an encrypted file; <see langword="null"/> when no encrypted file has that size.</summary>
    public static long? Plain(long encrypted)
    {
        var boxes = encrypted - HeaderSize;
        var last = boxes % BoxSize;
        return boxes < 0 || last is > 0 and <= TagSize ? null : boxes / BoxSize * BlockSize + Math.Max(0, last - TagSize);
    }

    /// <summary>How many bytes of content are in the first bytes of an encrypted file.</summary>
    public static long PlainSoFar(long encrypted)
    {
        var boxes = Math.Max(0, encrypted - HeaderSize);
        return boxes / BoxSize * BlockSize + Math.Max(0, boxes % BoxSize - TagSize);
    }

    /// <summary>The nonce of a block: that of the file, a number in little-endian order, and the block's number added.</summary>
    public static void NonceOf(ReadOnlySpan<byte> fileNonce, long block, Span<byte> nonce)
    {
        var carry = 0;
        for (var i = 0; i < NonceSize; i++)
        {
            carry += fileNonce[i] + (i < 8 ? (byte)(block >> (8 * i)) : 0);
            nonce[i] = (byte)carry;
            carry >>= 8;
        }
    }
}

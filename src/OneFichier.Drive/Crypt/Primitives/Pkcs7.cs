namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>Padding to whole blocks of 16 bytes (RFC 5652, section 6.3): as many bytes as are missing, at least one, each of that value.</summary>
public static class Pkcs7
{
    private const int BlockSize = 16;

    /// <summary>The bytes with padding behind them.</summary>
    public static byte[] Pad(ReadOnlySpan<byte> bytes)
    {
        var missing = BlockSize - bytes.Length % BlockSize;
        var padded = new byte[bytes.Length + missing];
        bytes.CopyTo(padded);
        padded.AsSpan(bytes.Length).Fill((byte)missing);
        return padded;
    }

    /// <summary>The length without the padding; <see langword="null"/> if there is none.</summary>
    public static int? UnpaddedLength(ReadOnlySpan<byte> padded)
    {
        if (padded.IsEmpty || padded.Length % BlockSize != 0 || padded[^1] is 0 or > BlockSize)
            return null;
        var missing = padded[^1];
        return padded[^missing..].ContainsAnyExcept(missing) ? null : padded.Length - missing;
    }
}

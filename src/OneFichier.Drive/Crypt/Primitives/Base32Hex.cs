namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>Base32 with the extended hexadecimal alphabet (RFC 4648, section 7), in lower case and without padding.</summary>
public static class Base32Hex
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuv";

    /// <summary>The text of bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length * 8 + 4) / 5];
        var at = 0;
        var (held, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (held, bits) = (held << 8 | value, bits + 8);
            for (; bits >= 5; bits -= 5)
                text[at++] = Digits[held >> (bits - 5) & 31];
            held &= (1 << bits) - 1;
        }

        if (bits > 0)
            text[at] = Digits[held << (5 - bits) & 31];
        return new string(text);
    }

    /// <summary>The bytes of a text; <see langword="null"/> unless encoding them gives that very text.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length * 5 / 8];
        var at = 0;
        var (held, bits) = (0, 0);
        foreach (var digit in text)
        {
            var value = Digits.IndexOf(digit, StringComparison.Ordinal);
            if (value < 0)
                return null;
            (held, bits) = (held << 5 | value, bits + 5);
            if (bits < 8)
                continue;
            bits -= 8;
            bytes[at++] = (byte)(held >> bits);
            held &= (1 << bits) - 1;
        }

        return bits < 5 && held == 0 ? bytes : null;
    }
}

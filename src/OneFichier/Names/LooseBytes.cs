using System.Buffers;
using System.Text;

namespace OneFichier.Names;

/// <summary>
/// Text that may not be UTF-8, held in a string without loss: a byte that belongs to no character becomes the lone surrogate
/// U+DC00 + byte (U+DC80 to U+DCFF).
/// </summary>
internal static class LooseBytes
{
    private const int EscapeOffset = 0xDC00;

    /// <summary>Whether a code unit, not being half of a pair, stands for one byte.</summary>
    public static bool IsEscape(char loneSurrogate) => loneSurrogate is >= '\uDC80' and <= '\uDCFF';

    public static char Escape(byte value) => (char)(EscapeOffset + value);

    public static byte Unescape(char loneSurrogate) => (byte)(loneSurrogate - EscapeOffset);

    /// <summary>The three bytes UTF-8 would have for a surrogate, were it allowed one.</summary>
    public static byte[] GeneralizedUtf8(char loneSurrogate) =>
        [(byte)(0xE0 | loneSurrogate >> 12), (byte)(0x80 | loneSurrogate >> 6 & 0x3F), (byte)(0x80 | loneSurrogate & 0x3F)];

    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        Span<char> units = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            if (valid)
                text.Append(units[..rune.EncodeToUtf16(units)]);
            else
                foreach (var value in bytes[..length])
                    text.Append(Escape(value));
            bytes = bytes[length..];
        }

        return text.ToString();
    }

    public static byte[] ToBytes(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> units = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done)
                bytes.AddRange(units[..rune.EncodeToUtf8(units)]);
            else if (IsEscape(text[0]))
                bytes.Add(Unescape(text[0]));
            else
                bytes.AddRange(GeneralizedUtf8(text[0]));
            text = text[length..];
        }

        return [.. bytes];
    }
}

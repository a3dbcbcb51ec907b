using System.Buffers;
using System.Text;

namespace OneFichier.Drive.Crypt;

/// <summary>Bytes that need not be UTF-8 as text, as <see cref="Names.ServiceName"/> holds them: a byte of no character is the lone surrogate U+DC00 + byte.</summary>
internal static class LooseText
{
    private const int Escape = 0xDC00;

    /// <summary>The bytes of a text; <see langword="null"/> when it holds half a character that stands for no byte.</summary>
    public static byte[]? ToBytes(ReadOnlySpan<char> text)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length + 16);
        while (!text.IsEmpty)
        {
            var whole = Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done;
            if (whole)
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            else if (text[0] is >= '\uDC80' and <= '\uDCFF')
                bytes.Write([(byte)(text[0] - Escape)]);
            else
                return null;
            text = text[length..];
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done)
                text.Append(rune);
            else
                foreach (var value in bytes[..length])
                    text.Append((char)(Escape + value));
            bytes = bytes[length..];
        }

        return text.ToString();
    }
}

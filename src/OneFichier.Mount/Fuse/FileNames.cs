using System.Buffers;
using System.Text;

namespace OneFichier.Mount.Fuse;

/// <summary>Names as the kernel has them, which are bytes, and as text: a byte that is no UTF-8 is the lone surrogate U+DC00 + byte, as everywhere in this house.</summary>
internal static class FileNames
{
    private const int Escape = 0xDC00;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Strict.GetString(bytes);
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

    /// <summary>The bytes of a name; <see langword="null"/> when it holds half a character that stands for no byte.</summary>
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
}

using System.Buffers;
using System.Text;

namespace OneFichier.Server.Leaks;

/// <summary>Text that stands in another as Base64, as in a secret of Kubernetes.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct EncodedText(int Start, string Text)
{
    private const int Shortest = 48;
    private const int Taste = 16;
    private static readonly SearchValues<char> OfBase64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <summary>What begins in a part of a text.</summary>
    public static IEnumerable<EncodedText> In(string text, int from, int to)
    {
        // What began in an earlier part was read there.
        var at = from > 0 && OfBase64.Contains(text[from - 1]) ? End(text, from) : from;
        for (at = Next(text, at); at < to; at = Next(text, at))
        {
            var end = End(text, at);
            if (end - at >= Shortest && Decoded(text[at..end]) is { } decoded)
                yield return new EncodedText(at, decoded);
            at = end;
        }
    }

    private static int Next(string text, int from) => text.AsSpan(from).IndexOfAny(OfBase64) is >= 0 and var skipped ? from + skipped : text.Length;

    private static int End(string text, int from) => text.AsSpan(from).IndexOfAnyExcept(OfBase64) is >= 0 and var length ? from + length : text.Length;

    private static string? Decoded(string base64)
    {
        Span<byte> taste = stackalloc byte[Taste];
        if (!Convert.TryFromBase64Chars(base64.AsSpan(0, Taste), taste, out var tasted) || !IsText(taste[..tasted]))
            return null;
        var bytes = new byte[base64.Length];
        var whole = base64.Length % 4 == 1 ? base64[..^1] : base64.PadRight((base64.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64Chars(whole, bytes, out var length) && IsText(bytes.AsSpan(0, length)) ? Encoding.Latin1.GetString(bytes, 0, length) : null;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F)
                return false;
        }

        return true;
    }
}

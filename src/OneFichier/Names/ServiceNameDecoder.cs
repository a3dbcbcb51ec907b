using System.Globalization;
using System.Text;
using static OneFichier.Names.ReservedCharacters;

namespace OneFichier.Names;

internal static class ServiceNameDecoder
{
    private const int QuotedByteLength = 3;

    public static string Decode(string stored) => stored switch
    {
        "\uFF0E" => ".",
        "\uFF0E\uFF0E" => "..",
        "\u201B\uFF0E" => "\uFF0E",
        "\u201B\uFF0E\u201B\uFF0E" => "\uFF0E\uFF0E",
        _ => MustChange(stored) ? Rewrite(stored) : stored,
    };

    private static bool MustChange(string stored) =>
        stored.Length > 0
        && (stored[0] == SpaceSymbol || stored[^1] == SpaceSymbol || stored.AsSpan().ContainsAny(Notable));

    private static string Rewrite(ReadOnlySpan<char> stored)
    {
        var name = new StringBuilder(stored.Length);
        name.Append(TakeFirstSpace(ref stored));
        var last = TakeLastSpace(ref stored);
        while (!stored.IsEmpty)
            stored = stored[(stored[0] == Quote ? AppendQuoted(name, stored) : AppendPlain(name, stored[0]))..];
        return name.Append(last).ToString();
    }

    private static string TakeFirstSpace(ref ReadOnlySpan<char> stored)
    {
        var quotes = stored is [Quote, SpaceSymbol, ..] ? 1 : 0;
        if (stored[quotes] != SpaceSymbol)
            return "";
        stored = stored[(quotes + 1)..];
        return quotes == 0 ? " " : "\u2420";
    }

    private static string TakeLastSpace(ref ReadOnlySpan<char> stored)
    {
        if (stored is not [.., SpaceSymbol])
            return "";
        stored = stored[..^1];
        var quotes = stored.Length - stored.TrimEnd(Quote).Length;
        if (quotes % 2 == 0)
            return " ";
        stored = stored[..^1];
        return "\u2420";
    }

    private static int AppendPlain(StringBuilder name, char value)
    {
        name.Append(IsSymbol(value) ? OriginalOf(value) : value);
        return 1;
    }

    private static int AppendQuoted(StringBuilder name, ReadOnlySpan<char> stored)
    {
        if (stored.Length > 1 && (stored[1] == Quote || IsSymbol(stored[1])))
        {
            name.Append(stored[1]);
            return 2;
        }

        if (TryReadSurrogate(stored, out var surrogate))
        {
            name.Append(surrogate);
            return 3 * QuotedByteLength;
        }

        if (TryReadByte(stored, out var value))
        {
            name.Append(value < 0x80 ? (char)value : LooseBytes.Escape(value));
            return QuotedByteLength;
        }

        name.Append(Quote);
        return 1;
    }

    private static bool TryReadByte(ReadOnlySpan<char> stored, out byte value)
    {
        value = 0;
        return stored.Length >= QuotedByteLength && stored[0] == Quote
            && byte.TryParse(stored[1..QuotedByteLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryReadSurrogate(ReadOnlySpan<char> stored, out char surrogate)
    {
        surrogate = default;
        if (!stored.StartsWith("\u201Bed", StringComparison.Ordinal)
            || !TryReadByte(stored[QuotedByteLength..], out var middle) || middle is < 0xA0 or > 0xBF
            || !TryReadByte(stored[(2 * QuotedByteLength)..], out var low) || low is < 0x80 or > 0xBF)
            return false;
        surrogate = (char)(0xD000 | (middle & 0x3F) << 6 | low & 0x3F);
        return !LooseBytes.IsEscape(surrogate);
    }
}

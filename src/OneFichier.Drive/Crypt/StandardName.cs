using System.Text;

namespace OneFichier.Drive.Crypt;

/// <summary>
/// Between a raw name and rclone's standard form of it (<c>Slash,Ctl,Del,Dot</c>), which is what its crypt encrypts: see docs/spec/names.md.
/// </summary>
internal static class StandardName
{
    private const char Quote = '\u201B';
    private const char FullStop = '\uFF0E';
    private const char FullSlash = '\uFF0F';
    private const char DeleteSymbol = '\u2421';
    private const int SymbolOffset = 0x2400;

    public static string Encode(string raw)
    {
        if (raw is "." or "..")
            return new string(FullStop, raw.Length);
        if (raw is "\uFF0E" or "\uFF0E\uFF0E")
            return string.Concat(raw.Select(stop => $"{Quote}{stop}"));
        if (!raw.Any(c => IsOriginal(c) || IsQuotable(c)))
            return raw;
        var text = new StringBuilder(raw.Length + 4);
        foreach (var c in raw)
        {
            if (IsQuotable(c))
                text.Append(Quote);
            text.Append(IsOriginal(c) ? SymbolOf(c) : c);
        }

        return text.ToString();
    }

    public static string Decode(string standard)
    {
        if (standard is "\uFF0E" or "\uFF0E\uFF0E")
            return new string('.', standard.Length);
        if (standard is "\u201B\uFF0E" or "\u201B\uFF0E\u201B\uFF0E")
            return new string(FullStop, standard.Length / 2);
        if (!standard.Any(IsQuotable))
            return standard;
        var raw = new StringBuilder(standard.Length);
        for (var i = 0; i < standard.Length; i++)
        {
            var quoted = standard[i] == Quote && i + 1 < standard.Length && IsQuotable(standard[i + 1]);
            i += quoted ? 1 : 0;
            raw.Append(quoted ? standard[i] : OriginalOf(standard[i]));
        }

        return raw.ToString();
    }

    private static bool IsOriginal(char c) => c is < ' ' or '\u007F' or '/';

    private static bool IsQuotable(char c) => c is Quote or FullSlash or DeleteSymbol || (c >= SymbolOffset && c < SymbolOffset + ' ');

    private static char SymbolOf(char original) => original switch
    {
        '/' => FullSlash,
        '\u007F' => DeleteSymbol,
        _ => (char)(SymbolOffset + original),
    };

    private static char OriginalOf(char symbol) => symbol switch
    {
        FullSlash => '/',
        DeleteSymbol => '\u007F',
        >= (char)SymbolOffset and < (char)(SymbolOffset + ' ') => (char)(symbol - SymbolOffset),
        _ => symbol,
    };
}

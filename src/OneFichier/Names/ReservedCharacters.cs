using System.Buffers;

namespace OneFichier.Names;

/// <summary>The characters the service does not take in a name, and the look-alikes they are stored as.</summary>
internal static class ReservedCharacters
{
    /// <summary>Stands before a look-alike that is meant literally, and before the two digits of a byte that is not UTF-8.</summary>
    public const char Quote = '\u201B';

    /// <summary>Stands for a space at either end of a name.</summary>
    public const char SpaceSymbol = '\u2420';

    /// <summary>Stands for a full stop in the names <c>.</c> and <c>..</c>.</summary>
    public const char FullWidthStop = '\uFF0E';

    private const string Punctuation = "/\\<>\"'$`";
    private const int FullWidthOffset = 0xFEE0;
    private const int SymbolOffset = 0x2400;
    private const char Delete = '\u007F';
    private const char DeleteSymbol = '\u2421';

    private static readonly string Originals =
        string.Concat(Enumerable.Range(0, 0x20).Select(control => (char)control)) + Delete + Punctuation;

    private static readonly string Symbols = string.Concat(Originals.Select(SymbolFor));

    /// <summary>Everything that encoding or decoding may have to change somewhere inside a name.</summary>
    public static SearchValues<char> Notable { get; } = SearchValues.Create(Originals + Symbols + Quote);

    /// <summary>The code units that are characters only in pairs.</summary>
    public static SearchValues<char> Surrogates { get; } = SearchValues.Create(string.Concat(Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit)));

    /// <summary>Whether a character is stored as a look-alike wherever it stands.</summary>
    public static bool IsOriginal(char value) => value < 0x20 || value == Delete || Punctuation.Contains(value);

    /// <summary>Whether a character is one of those look-alikes.</summary>
    public static bool IsSymbol(char value) => Symbols.Contains(value);

    /// <summary>The look-alike of a reserved character.</summary>
    public static char SymbolFor(char original) => original switch
    {
        < ' ' => (char)(original + SymbolOffset),
        Delete => DeleteSymbol,
        _ => (char)(original + FullWidthOffset),
    };

    /// <summary>The reserved character a look-alike stands for.</summary>
    public static char OriginalOf(char symbol) => Originals[Symbols.IndexOf(symbol)];
}

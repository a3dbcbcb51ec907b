using System.Buffers;

namespace OneFichier.Server.Leaks;

/// <summary>How much 32 characters look as if they had been drawn by lot.</summary>
internal enum KeyLook
{
    /// <summary>A checksum, a word, a placeholder.</summary>
    None,

    /// <summary>Nothing speaks against it.</summary>
    Weak,

    /// <summary>Mixed as a key is.</summary>
    Fair,

    /// <summary>Mixed as nothing but chance mixes.</summary>
    Strong,
}

/// <summary>The shape of a key: exactly 32 of <c>A-Z a-z 0-9 _ = -</c> (1fichier-api §1), and without order.</summary>
internal static class KeyShape
{
    public const int Length = 32;

    private static readonly SearchValues<char> OfChecksums = SearchValues.Create("0123456789abcdefABCDEF=-_");

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyAEIOUY");

    private static readonly SearchValues<char> FrequentLetters = SearchValues.Create("etaoinsrhlETAOINSRHL");

    private static readonly string[] Placeholders =
    [
        "your", "example", "sample", "placeholder", "changeme", "change-me", "change_me", "dummy", "fake", "insert", "replace", "redacted", "sandbox", "secret", "test", "apikey", "api_key", "api-key", "here",
        "xxxx", "0000", "12345", "abcde", "fichier",
    ];

    public static bool IsOf(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '=' or '-';

    public static KeyLook Judge(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.ContainsAnyExcept(OfChecksums) || IsOrdered(text))
            return KeyLook.None;

        var (distinct, pieces) = (Distinct(text), Pieces(text));
        if (distinct < 12 || pieces < 3 || (pieces < 9 && HasPlaceholder(text)))
            return KeyLook.None;

        var (letters, spoken) = Spoken(text);
        var isWords = letters > 0 && spoken * 4 >= letters * 3 && Frequent(text) * 20 >= letters * 11;
        if (isWords && spoken >= 26 && pieces < 11)
            return KeyLook.None;

        var (hasLower, hasUpper) = (text.ContainsAnyInRange('a', 'z'), text.ContainsAnyInRange('A', 'Z'));
        var hasOther = text.ContainsAnyInRange('0', '9') || text.ContainsAny('_', '=', '-');
        var isMixed = pieces >= 7 && distinct >= 14 && !(isWords && pieces < 9) && (hasOther ? hasLower || hasUpper : hasLower && hasUpper);
        return isMixed && hasLower && hasUpper && distinct >= 16 && pieces >= 8 && !(isWords && pieces < 10) ? KeyLook.Strong
            : isMixed ? KeyLook.Fair
            : KeyLook.Weak;
    }

    private static bool IsOrdered(ReadOnlySpan<char> text)
    {
        var (run, steps, twoSteps, again) = (1, 0, 0, 0);
        for (var i = 1; i < text.Length; i++)
        {
            run = text[i] == text[i - 1] ? run + 1 : 1;
            if (run == 5)
                return true;
            steps += char.ToLowerInvariant(text[i]) - char.ToLowerInvariant(text[i - 1]) == 1 ? 1 : 0;
            twoSteps += i > 1 && char.ToLowerInvariant(text[i]) - char.ToLowerInvariant(text[i - 2]) == 1 ? 1 : 0;
            again += i >= 8 && text[i] == text[i - 8] ? 1 : 0;
        }

        return steps >= 10 || twoSteps >= 14 || again >= 20;
    }

    private static int Distinct(ReadOnlySpan<char> text)
    {
        Span<bool> seen = stackalloc bool[128];
        var count = 0;
        foreach (var c in text)
        {
            count += seen[c] ? 0 : 1;
            seen[c] = true;
        }

        return count;
    }

    /// <summary>Words as a reader would cut them: letters of one case with a capital before them, or digits.</summary>
    private static int Pieces(ReadOnlySpan<char> text)
    {
        var pieces = 0;
        for (var i = 0; i < text.Length; i++)
            pieces += Begins(text, i) ? 1 : 0;

        return pieces;
    }

    /// <summary>How many letters there are, and how many of them stand in pieces of three and more that can be spoken, as those of a name do.</summary>
    private static (int Letters, int Spoken) Spoken(ReadOnlySpan<char> text)
    {
        var (letters, spoken, start) = (0, 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !Begins(text, i) && char.IsAsciiLetter(text[i]))
                continue;
            var length = i - start;
            if (length > 0 && char.IsAsciiLetter(text[start]))
                (letters, spoken) = (letters + length, spoken + (length >= 3 && CanBeSpoken(text.Slice(start, length)) ? length : 0));
            start = i < text.Length && char.IsAsciiLetter(text[i]) ? i : i + 1;
        }

        return (letters, spoken);
    }

    /// <summary>How many letters are of the ten that make up most of what is written.</summary>
    private static int Frequent(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
            count += FrequentLetters.Contains(c) ? 1 : 0;

        return count;
    }

    private static bool CanBeSpoken(ReadOnlySpan<char> piece)
    {
        if (!piece.ContainsAny(Vowels))
            return false;
        while (piece.IndexOfAny(Vowels) is >= 0 and < 5 and var vowel)
            piece = piece[(vowel + 1)..];

        return piece.Length < 5;
    }

    private static bool Begins(ReadOnlySpan<char> text, int i)
    {
        var (kind, before) = (Kind(text[i]), i == 0 ? ' ' : Kind(text[i - 1]));
        var isLastCapital = kind == 'A' && before == 'A' && i + 1 < text.Length && Kind(text[i + 1]) == 'a';
        return kind != '_' && (isLastCapital || (kind != before && !(kind == 'a' && before == 'A')));
    }

    private static char Kind(char c) => char.IsAsciiDigit(c) ? '0' : char.IsAsciiLetterLower(c) ? 'a' : char.IsAsciiLetterUpper(c) ? 'A' : '_';

    private static bool HasPlaceholder(ReadOnlySpan<char> text)
    {
        foreach (var word in Placeholders)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}

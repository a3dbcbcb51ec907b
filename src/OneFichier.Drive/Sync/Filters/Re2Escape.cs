using System.Globalization;
using System.Text;

namespace OneFichier.Drive.Sync;

/// <summary>What may follow a backslash in RE2's syntax.</summary>
internal static class Re2Escape
{
    private static readonly Dictionary<char, int> Controls = new() { ['a'] = 7, ['f'] = 12, ['n'] = 10, ['r'] = 13, ['t'] = 9, ['v'] = 11 };

    /// <summary>Reads a class like <c>\d</c> or <c>\p{L}</c> into a set; digits, spaces and word characters are ASCII's.</summary>
    public static bool TryClass(string text, ref int at, RuneSet set)
    {
        if (at + 1 >= text.Length)
            return false;
        if (text[at + 1] is 'p' or 'P')
        {
            Category(text, ref at, set);
            return true;
        }

        if (Ranges(char.ToLowerInvariant(text[at + 1])) is not { } ranges)
            return false;
        if (char.IsUpper(text[at + 1]))
            set.AddAllBut(ranges);
        else
            Array.ForEach(ranges, r => set.Add(r.From, r.To));
        at += 2;
        return true;
    }

    /// <summary>Reads an escaped character, <c>at</c> standing on the backslash.</summary>
    public static int Rune(string text, ref int at)
    {
        if (at + 1 >= text.Length)
            throw new FormatException("The expression ends with a backslash.");
        var c = text[at + 1];
        if (c == 'x')
            return Hexadecimal(text, ref at);
        if (c is >= '0' and <= '7')
            return Octal(text, ref at);
        if (Controls.TryGetValue(c, out var control))
        {
            at += 2;
            return control;
        }

        if (c < 128 && char.IsLetterOrDigit(c))
            throw new FormatException($@"'\{c}' means nothing.");
        at++;
        return Literal(text, ref at);
    }

    /// <summary>Reads a character that stands for itself.</summary>
    public static int Literal(string text, ref int at)
    {
        var wide = System.Text.Rune.TryGetRuneAt(text, at, out var rune);
        var value = wide ? rune.Value : text[at];
        at += wide ? rune.Utf16SequenceLength : 1;
        return value;
    }

    private static (int From, int To)[]? Ranges(char kind) => kind switch
    {
        'd' => [('0', '9')],
        's' => [('\t', '\n'), ('\f', '\r'), (' ', ' ')],
        'w' => [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        _ => null,
    };

    private static void Category(string text, ref int at, RuneSet set)
    {
        var braced = at + 2 < text.Length && text[at + 2] == '{';
        var end = braced ? text.IndexOf('}', at) : at + 2;
        if (end < 0 || end >= text.Length)
            throw new FormatException(@"'\p' needs a category, as '\p{L}'.");
        var name = braced ? text[(at + 3)..end] : text[end].ToString();
        var negated = text[at + 1] == 'P' != name.StartsWith('^');
        name = name.TrimStart('^');
        if (name.Length is 0 or > 2 || !"CLMNPSZ".Contains(name[0], StringComparison.Ordinal))
            throw new FormatException($@"Of Unicode's classes only general categories are known, as '\p{{L}}' or '\p{{Lu}}', not '{name}'.");
        set.AddCategory($@"\{(negated ? 'P' : 'p')}{{{name}}}");
        at = end + 1;
    }

    private static int Hexadecimal(string text, ref int at)
    {
        var braced = at + 2 < text.Length && text[at + 2] == '{';
        var start = at + (braced ? 3 : 2);
        var end = braced ? text.IndexOf('}', start) : start + 2;
        if (end < 0 || end > text.Length || !int.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, null, out var value) || value is < 0 or > 0x10FFFF)
            throw new FormatException(@"'\x' needs two hexadecimal digits, or '\x{10FFFF}'.");
        at = end + (braced ? 1 : 0);
        return value;
    }

    private static int Octal(string text, ref int at)
    {
        var value = 0;
        var end = at + 1;
        for (; end < text.Length && end < at + 4 && text[end] is >= '0' and <= '7'; end++)
            value = (value * 8) + (text[end] - '0');
        if (text[at + 1] != '0' && end == at + 2)
            throw new FormatException("Back references are not possible.");
        at = end;
        return value;
    }
}

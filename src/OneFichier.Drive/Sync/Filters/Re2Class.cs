namespace OneFichier.Drive.Sync;

/// <summary>Reads a class in brackets, as <c>[^a-z\d]</c>.</summary>
internal static class Re2Class
{
    private static readonly Dictionary<string, (int From, int To)[]> Named = new(StringComparer.Ordinal)
    {
        ["alnum"] = [('0', '9'), ('A', 'Z'), ('a', 'z')],
        ["alpha"] = [('A', 'Z'), ('a', 'z')],
        ["ascii"] = [(0, 0x7F)],
        ["blank"] = [('\t', '\t'), (' ', ' ')],
        ["cntrl"] = [(0, 0x1F), (0x7F, 0x7F)],
        ["digit"] = [('0', '9')],
        ["graph"] = [('!', '~')],
        ["lower"] = [('a', 'z')],
        ["print"] = [(' ', '~')],
        ["punct"] = [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        ["space"] = [('\t', '\r'), (' ', ' ')],
        ["upper"] = [('A', 'Z')],
        ["word"] = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        ["xdigit"] = [('0', '9'), ('A', 'F'), ('a', 'f')],
    };

    /// <summary>Reads from the opening bracket to behind the closing one.</summary>
    public static (RuneSet Set, bool Negated) Read(string text, ref int at)
    {
        var set = new RuneSet();
        var negated = at + 1 < text.Length && text[at + 1] == '^';
        at += negated ? 2 : 1;
        var first = true;
        while (at < text.Length && (first || text[at] != ']'))
        {
            first = false;
            Item(text, ref at, set);
        }

        if (at >= text.Length)
            throw new FormatException("A '[' is not closed.");
        at++;
        return (set, negated);
    }

    private static void Item(string text, ref int at, RuneSet set)
    {
        if (TryNamed(text, ref at, set) || (text[at] == '\\' && Re2Escape.TryClass(text, ref at, set)))
            return;
        var from = One(text, ref at);
        var to = from;
        if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']')
        {
            at++;
            to = One(text, ref at);
        }

        if (to < from)
            throw new FormatException("A range in brackets runs backwards.");
        set.Add(from, to);
    }

    private static int One(string text, ref int at) => text[at] == '\\' ? Re2Escape.Rune(text, ref at) : Re2Escape.Literal(text, ref at);

    private static bool TryNamed(string text, ref int at, RuneSet set)
    {
        if (!text.AsSpan(at).StartsWith("[:") || text.IndexOf(":]", at + 2, StringComparison.Ordinal) is not (>= 0 and var end))
            return false;
        var name = text[(at + 2)..end];
        if (!Named.TryGetValue(name.TrimStart('^'), out var ranges))
            throw new FormatException($"'[:{name}:]' is no class.");
        if (name.StartsWith('^'))
            set.AddAllBut(ranges);
        else
            Array.ForEach(ranges, r => set.Add(r.From, r.To));
        at = end + 2;
        return true;
    }
}

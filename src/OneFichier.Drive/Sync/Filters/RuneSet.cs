using System.Text;

namespace OneFichier.Drive.Sync;

/// <summary>A set of Unicode characters, written as .NET expressions see text: characters beyond U+FFFF are two units there, and count as one here.</summary>
internal sealed class RuneSet
{
    private const int Last = 0x10FFFF;
    private const int Wide = 0x10000;
    private const int FirstHalf = 0xD800;
    private const int LastHalf = 0xDFFF;

    private readonly List<(int From, int To)> _ranges = [];
    private readonly StringBuilder _categories = new();

    public void Add(int from, int to) => _ranges.Add((from, to));

    /// <summary>Adds a general category, as <c>\p{L}</c>. Beyond U+FFFF its complement holds all and itself nothing.</summary>
    public void AddCategory(string token)
    {
        _categories.Append(token);
        if (token[1] == 'P')
            Add(Wide, Last);
    }

    public void AddAllBut(params ReadOnlySpan<(int From, int To)> excluded)
    {
        foreach (var range in Complement(excluded.ToArray()))
            _ranges.Add(range);
    }

    /// <summary>Whether a character beyond U+FFFF is in it.</summary>
    public bool HoldsWide => _ranges.Any(r => r.To >= Wide);

    /// <summary>An expression for one unit that is not in the set.</summary>
    public string UnitExpression() => Narrow() is { Length: > 0 } narrow ? $"[^{narrow}]" : @"[\w\W]";

    /// <summary>An expression for one character of the set, or for one that is not in it.</summary>
    public string Expression(bool negated)
    {
        var narrow = Narrow();
        var wide = (negated ? Complement(_ranges) : _ranges).Select(r => (From: Math.Max(r.From, Wide), r.To)).Where(r => r.From <= r.To).SelectMany(r => Pairs(r.From, r.To));
        var one = negated ? $@"[^{narrow}\uD800-\uDFFF]" : narrow.Length > 0 ? $"[{narrow}]" : null;
        return string.Join('|', wide.Append(one).OfType<string>()) is { Length: > 0 } any ? $"(?:{any})" : @"[^\w\W]";
    }

    private string Narrow()
    {
        var narrow = new StringBuilder();
        foreach (var (from, to) in _ranges)
        {
            Add(narrow, from, Math.Min(to, FirstHalf - 1));
            Add(narrow, Math.Max(from, LastHalf + 1), Math.Min(to, Wide - 1));
        }

        return narrow.Append(_categories).ToString();
    }

    private static void Add(StringBuilder text, int from, int to)
    {
        if (from <= to)
            text.Append(Unit(from)).Append('-').Append(Unit(to));
    }

    private static IEnumerable<(int From, int To)> Complement(IReadOnlyCollection<(int From, int To)> ranges)
    {
        var next = 0;
        foreach (var (from, to) in ranges.Order())
        {
            if (from > next)
                yield return (next, from - 1);
            next = Math.Max(next, to + 1);
        }

        if (next <= Last)
            yield return (next, Last);
    }

    private static IEnumerable<string> Pairs(int from, int to)
    {
        while (from <= to)
        {
            var blockEnd = from | 0x3FF;
            var end = Math.Min(to, blockEnd);
            if ((from & 0x3FF) == 0 && to >= blockEnd)
            {
                end = ((to + 1) & ~0x3FF) - 1;
                yield return $@"[{Unit(High(from))}-{Unit(High(end))}][\uDC00-\uDFFF]";
            }
            else
            {
                yield return $"{Unit(High(from))}[{Unit(Low(from))}-{Unit(Low(end))}]";
            }

            from = end + 1;
        }
    }

    private static int High(int rune) => FirstHalf + ((rune - Wide) >> 10);

    private static int Low(int rune) => 0xDC00 + (rune & 0x3FF);

    private static string Unit(int unit) => $@"\u{unit:X4}";
}

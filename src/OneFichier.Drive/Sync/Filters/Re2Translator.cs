using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OneFichier.Drive.Sync;

/// <summary>
/// Turns an expression in RE2's syntax, which rclone's rules are written in, into a .NET one that says the same of the same names and takes time in proportion to a name's length.
/// </summary>
internal sealed class Re2Translator
{
    private const int MostRepeats = 1000;
    private const int MostStates = 10_000;
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMinutes(5);

    private readonly string _text;
    private readonly StringBuilder _out = new();
    private readonly Stack<(long Weight, bool DotAll)> _groups = new();
    private long _weight;
    private long _atom;
    private bool _dotAll;
    private int _at;

    private Re2Translator(string text) => _text = text;

    /// <exception cref="FormatException">It is no expression, or one that would take too much memory.</exception>
    public static Regex ToRegex(string expression, bool ignoreCase)
    {
        try
        {
            var cases = ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None;
            return new Regex(new Re2Translator(expression).Translate(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | cases, LongestMatch);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"The expression '{expression}' cannot be read: {e.Message}", e);
        }
    }

    private string Translate()
    {
        while (_at < _text.Length)
            Next();
        return _groups.Count == 0 ? _out.ToString() : throw new FormatException("A '(' is not closed.");
    }

    private void Next()
    {
        switch (_text[_at])
        {
            case '\\':
                Escape();
                break;
            case '[':
                var (set, negated) = Re2Class.Read(_text, ref _at);
                Set(set, negated);
                break;
            case '.':
                _at++;
                Dot();
                break;
            case '(':
                Open();
                break;
            case ')':
                Close();
                break;
            case '*' or '+' or '?':
                _out.Append(_text[_at++]);
                break;
            case '{' when Repeats():
                break;
            case '^' or '|':
                _out.Append(_text[_at++]);
                break;
            case '$':
                _at++;
                _out.Append(@"\z");
                break;
            default:
                Literal(Re2Escape.Literal(_text, ref _at));
                break;
        }
    }

    private void Escape()
    {
        var next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        var set = new RuneSet();
        if (next is 'A' or 'z' or 'b' or 'B')
        {
            _out.Append('\\').Append(next);
            _at += 2;
        }
        else if (next == 'Q')
        {
            Quoted();
        }
        else if (Re2Escape.TryClass(_text, ref _at, set))
        {
            Set(set, negated: false);
        }
        else
        {
            Literal(Re2Escape.Rune(_text, ref _at));
        }
    }

    private void Quoted()
    {
        var end = _text.IndexOf(@"\E", _at, StringComparison.Ordinal) is >= 0 and var found ? found : _text.Length;
        _at += 2;
        while (_at < end)
            Literal(Re2Escape.Literal(_text, ref _at));
        _at = Math.Min(end + 2, _text.Length);
    }

    private void Literal(int rune)
    {
        Weigh(1);
        if (rune > char.MaxValue)
            _out.Append("(?:").Append(char.ConvertFromUtf32(rune)).Append(')');
        else
            _out.Append(CultureInfo.InvariantCulture, $@"\u{rune:X4}");
    }

    private void Dot()
    {
        var line = new RuneSet();
        if (!_dotAll)
            line.Add('\n', '\n');
        Set(line, negated: true);
    }

    /// <summary>One character of a set. Any number of them may be counted in units, which makes the expression smaller, because no other part can begin within a character.</summary>
    private void Set(RuneSet set, bool negated)
    {
        Weigh(1);
        var any = negated && !set.HoldsWide && _at < _text.Length && _text[_at] == '*';
        _out.Append(any ? set.UnitExpression() : set.Expression(negated));
    }

    private void Open()
    {
        var header = _text.AsSpan(_at);
        _groups.Push((_weight, _dotAll));
        _weight = 0;
        if (!header.StartsWith("(?"))
        {
            _out.Append("(?:");
            _at++;
            return;
        }

        var end = header.StartsWith("(?P<") ? header.IndexOf('>') : header.IndexOfAny(':', ')');
        if (end < 0)
            throw new FormatException("A '(?' is not closed.");
        Header(header[2..end].ToString(), header[end]);
        _at += end + 1;
    }

    private void Header(string flags, char end)
    {
        if (end == '>')
            flags = "";
        else if (flags.Trim('i', 's', '-').Length > 0 || flags.Count(c => c == '-') > 1)
            throw new FormatException($"'(?{flags}' is not known here.");
        var off = flags.IndexOf('-', StringComparison.Ordinal) is >= 0 and var dash ? dash : flags.Length;
        if (flags.IndexOf('s', StringComparison.Ordinal) is >= 0 and var s)
            _dotAll = s < off;
        var ignoreCase = flags.IndexOf('i', StringComparison.Ordinal) is >= 0 and var i ? (i < off ? "i" : "-i") : "";
        if (end != ')')
        {
            _out.Append("(?").Append(ignoreCase).Append(':');
            return;
        }

        if (ignoreCase.Length > 0)
            _out.Append("(?").Append(ignoreCase).Append(')');
        _weight = _groups.Pop().Weight;
    }

    private void Close()
    {
        if (!_groups.TryPop(out var outer))
            throw new FormatException("A ')' closes nothing.");
        _out.Append(')');
        _at++;
        var inside = _weight;
        (_weight, _dotAll) = outer;
        Weigh(inside);
    }

    /// <summary>Reads <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; any other brace stands for itself.</summary>
    private bool Repeats()
    {
        var end = _text.IndexOf('}', _at);
        var counts = end < 0 ? [] : _text[(_at + 1)..end].Split(',');
        if (counts.Length is 0 or > 2 || !int.TryParse(counts[0], NumberStyles.None, null, out var least) || (counts.Length == 2 && counts[1].Length > 0 && !Number(counts[1])))
            return false;
        var most = counts.Length == 2 && counts[1].Length > 0 ? int.Parse(counts[1], NumberStyles.None) : least;
        if (Math.Max(least, most) > MostRepeats)
            throw new FormatException($"More than {MostRepeats} repetitions are not possible.");
        Weigh(_atom * (Math.Max(least, most) - 1L));
        _out.Append(_text, _at, end + 1 - _at);
        _at = end + 1;
        return true;
    }

    private static bool Number(string text) => int.TryParse(text, NumberStyles.None, null, out _);

    private void Weigh(long atom)
    {
        _atom = atom;
        _weight += atom;
        if (_weight > MostStates)
            throw new FormatException("The expression is too large.");
    }
}

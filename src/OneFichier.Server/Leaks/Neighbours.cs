using System.Text.RegularExpressions;

namespace OneFichier.Server.Leaks;

/// <summary>Of whom the text speaks near a run: of the service, or of somebody else; and in which line, block or braces.</summary>
internal sealed partial class Neighbours
{
    private const int LineReach = 400;
    private const int BlockReach = 900;
    private const int BlockLines = 14;

    private readonly string _text;
    private readonly KeyRun _run;
    private readonly int _lineStart;
    private readonly int _lineEnd;
    private readonly int _blockStart;

    public Neighbours(string text, KeyRun run)
    {
        (_text, _run) = (text, run);
        var start = run.Start == 0 ? 0 : text.LastIndexOf('\n', run.Start - 1) + 1;
        var end = text.IndexOf('\n', run.End);
        _lineStart = Math.Max(start, run.Start - LineReach);
        _lineEnd = Math.Min(end < 0 ? text.Length : end, run.End + LineReach / 2);
        _blockStart = BlockStart();
    }

    public string Line => _text[_lineStart.._lineEnd];

    /// <summary>Whether the service is spoken of in the line, in the same braces.</summary>
    public bool IsInLine =>
        (Before(LeakWords.Service(), _lineStart) is { } before && !Between(before.End, _run.Start).Contains('}'))
        || (After(LeakWords.Service(), _lineEnd) is { } after && !Between(_run.End, after.Start).Contains('{'));

    /// <summary>Whether the service is spoken of in the lines around, in the same block of them, and not as the name of another value.</summary>
    public bool IsNear
    {
        get
        {
            var before = Before(LeakWords.Service(), _blockStart) is { } last && !IsParted(Between(last.End, _run.Start), '}') && !(HasOwnValue(last.Start) && Between(last.End, _run.Start).Contains('\n'));
            var blockEnd = Math.Min(_text.Length, _run.End + BlockReach / 2);
            return before || (After(LeakWords.Service(), blockEnd) is { } next && !IsParted(Between(_run.End, next.Start), '{') && !HasOwnValue(next.Start)) || IsUnderComment;
        }
    }

    /// <summary>Whether the line above is a comment about the service.</summary>
    public bool IsUnderComment
    {
        get
        {
            var start = _run.Start == 0 ? 0 : _text.LastIndexOf('\n', _run.Start - 1) + 1;
            var above = start < 2 ? "" : _text[Math.Max(_text.LastIndexOf('\n', start - 2) + 1, start - LineReach)..(start - 1)].Trim();
            return Comment().IsMatch(above) && LeakWords.Service().IsMatch(above);
        }
    }

    /// <summary>
    /// Whether somebody else is spoken of, nearer than the service: before it in the same block, or behind it in the same line, braces or item of a list; or whether its line leads
    /// elsewhere.
    /// </summary>
    public bool IsAStrangers =>
        !IsUnderComment
        && ((Link().IsMatch(Line) && !LeakWords.Service().IsMatch(Line)) || Distance(LeakWords.Strangers(), InnerEnd()) < Distance(LeakWords.Service(), Math.Min(_text.Length, _run.End + BlockReach / 2)));

    /// <summary>Whether a heading in brackets names somebody else, rather than nobody, as [Service] does.</summary>
    public bool IsUnderOtherHeading => Heading().Match(_text[_blockStart.._run.Start]) is { Success: true } heading && LeakWords.KindOf(heading.Groups["name"].Value) is NameKind.Named or NameKind.Other;

    /// <summary>Whether the text speaks of the service other than by the name of a value that stands there.</summary>
    public static bool Speaks(string text) => LeakWords.Service().Matches(text).Any(m => !HasOwnValue(text, m.Index));

    private bool HasOwnValue(int at) => HasOwnValue(_text, at);

    private static bool HasOwnValue(string text, int at) => Assignment().IsMatch(text[at..Math.Min(text.Length, at + 120)]);

    private ReadOnlySpan<char> Between(int from, int to) => _text.AsSpan(from, to - from);

    private static bool IsParted(ReadOnlySpan<char> between, char brace) => between.Contains(brace) || HasHeading(between) || HasBlankLine(between);

    /// <summary>A heading of settings between them, other than those of systemd's units, which part nothing.</summary>
    private static bool HasHeading(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf("\n[", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\n[", StringComparison.Ordinal))
        {
            text = text[(at + 2)..];
            if (!text.StartsWith("Service]", StringComparison.Ordinal) && !text.StartsWith("Unit]", StringComparison.Ordinal) && !text.StartsWith("Container]", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool HasBlankLine(ReadOnlySpan<char> text) => text.Contains("\n\n", StringComparison.Ordinal) || text.Contains("\n\r\n", StringComparison.Ordinal);

    private (int Start, int End)? Before(Regex what, int from) => what.Matches(_text[from.._run.Start]) is [.., { } last] ? (from + last.Index, from + last.Index + last.Length) : null;

    /// <summary>Where it is spoken of next; the heading of what follows is about that.</summary>
    private (int Start, int End)? After(Regex what, int to) =>
        what.Match(_text[_run.End..Math.Max(_run.End, to)]) is { Success: true } first && !first.Value.AsSpan().TrimStart().StartsWith('[') ? (_run.End + first.Index, _run.End + first.Index + first.Length) : null;

    /// <summary>How far away it is spoken of, no blank line between.</summary>
    private int Distance(Regex what, int to)
    {
        var before = Before(what, _blockStart) is { } last && !HasBlankLine(Between(last.End, _run.Start)) ? _run.Start - last.End : int.MaxValue;
        var after = After(what, to) is { } next && !HasBlankLine(Between(_run.End, next.Start)) ? next.Start - _run.End : int.MaxValue;
        return Math.Min(before, after);
    }

    private int InnerEnd() => Closing().Match(_text, _run.End, Math.Min(_text.Length - _run.End, BlockReach / 2)) is { Success: true } closing ? closing.Index + closing.Length : _lineEnd;

    private int BlockStart()
    {
        var start = _run.Start;
        for (var lines = 0; lines <= BlockLines && start > 0 && _run.Start - start < BlockReach; lines++)
            start = _text.LastIndexOf('\n', start - 1) is >= 0 and var at ? at : 0;

        return Math.Max(start, _run.Start - BlockReach);
    }

    [GeneratedRegex(@"https?://(?!localhost|127\.)[\w\-]+\.[\w.\-]+", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?:#|//|--|;|/\*|<!--|'|REM\b)", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Comment();

    /// <summary>A value of its own: as long as a key, a path, or none yet.</summary>
    [GeneratedRegex(@"\A\w*[""']?[ \t]*(?:[:=][ \t]*[""']?(?:[\w=\-]{16,}|/)|=[ \t]*\r?$)", RegexOptions.CultureInvariant | RegexOptions.Multiline, 300_000)]
    private static partial Regex Assignment();

    /// <summary>The end of the braces or of the item of a list, if it comes before anything else begins.</summary>
    [GeneratedRegex(@"\G[^{}]*?(?=\}|\n[ \t]*-[ \t])", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Closing();

    /// <summary>The last heading of a file of settings.</summary>
    [GeneratedRegex(@"^[ \t]*\[(?<name>[^\[\]\n""{]{1,60})\][ \t]*\r?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.RightToLeft, 300_000)]
    private static partial Regex Heading();
}

using System.Text.RegularExpressions;

namespace OneFichier.Server.Leaks;

/// <summary>What stands around a run: its name, and whether the service or somebody else is spoken of near it.</summary>
internal sealed partial class Surroundings
{
    private const int LineReach = 400;
    private const int BlockReach = 900;
    private const int BlockLines = 14;

    private readonly string _text;
    private readonly KeyRun _run;
    private readonly int _lineStart;
    private readonly int _lineEnd;

    public Surroundings(string text, KeyRun run)
    {
        (_text, _run) = (text, run);
        var start = run.Start == 0 ? 0 : text.LastIndexOf('\n', run.Start - 1) + 1;
        var end = text.IndexOf('\n', run.End);
        _lineStart = Math.Max(start, run.Start - LineReach);
        _lineEnd = Math.Min(end < 0 ? text.Length : end, run.End + LineReach / 2);
        Name = NameBefore(text[_lineStart..run.Start]);
        Kind = LeakWords.KindOf(Name);
    }

    /// <summary>The name the value is given to, or the word it follows; empty where there is none.</summary>
    public string Name { get; }

    public NameKind Kind { get; }

    public string Line => _text[_lineStart.._lineEnd];

    /// <summary>Whether it is a part of something longer: of a path, a domain, a link, Base64, a signed token.</summary>
    public bool IsPart
    {
        get
        {
            var before = _run.Start == 0 ? ' ' : _text[_run.Start - 1];
            var after = _run.End == _text.Length ? ' ' : _text[_run.End];
            var further = _run.End + 1 >= _text.Length ? ' ' : _text[_run.End + 1];
            return before is '/' or '+' or '.' or '?' or '@' or '$' or '~' || after is '/' or '+' or '(' or '~' || (after is '.' or ':' && char.IsAsciiLetterOrDigit(further) && Name.Length == 0);
        }
    }

    /// <summary>Whether the service is spoken of in the line, nearer than anything else, in the same braces.</summary>
    public bool IsInLine => Before(_lineStart, "}") is { Found: true } || After(_lineEnd, "{", wants: true);

    /// <summary>Whether the service is spoken of in the lines around, in the same block of them.</summary>
    public bool IsNear
    {
        get
        {
            var near = Before(BlockStart(), "\n\n", "\n[", "}") is { Found: true, Taken: false } || After(Math.Min(_text.Length, _run.End + BlockReach / 2), "\n\n", "\n[", "{");
            return near || IsUnderComment;
        }
    }

    /// <summary>Whether the line above is a comment about the service.</summary>
    public bool IsUnderComment
    {
        get
        {
            var start = _run.Start == 0 ? 0 : _text.LastIndexOf('\n', _run.Start - 1) + 1;
            var above = start < 2 ? "" : _text[Math.Max(_text.LastIndexOf('\n', start - 2) + 1, start - LineReach)..(start - 1)].Trim();
            return above.StartsWith('#') || above.StartsWith("//", StringComparison.Ordinal) || above.StartsWith("--", StringComparison.Ordinal) || above.StartsWith(';') || above.StartsWith("/*", StringComparison.Ordinal)
                ? LeakWords.Service().IsMatch(above) : false;
        }
    }

    /// <summary>Whether somebody else is spoken of just before it, in the same block.</summary>
    public bool IsAStrangers => LeakWords.Strangers().IsMatch(Name)
        || (LastOf(LeakWords.Strangers(), BlockStart()).Start is >= 0 and var stranger && stranger > LastOf(LeakWords.Service(), BlockStart()).Start
            && !_text[stranger.._run.Start].Contains("\n\n", StringComparison.Ordinal));

    /// <summary>Whether it stands alone: in quotes, or as all there is in its line.</summary>
    public bool IsAlone
    {
        get
        {
            var before = _run.Start == 0 ? '\n' : _text[_run.Start - 1];
            var after = _run.End == _text.Length ? '\n' : _text[_run.End];
            return before is '"' or '\'' or '`' or '\n' or '>' or ' ' or '\t' or '(' && after is '"' or '\'' or '`' or '\n' or '\r' or '<' or ' ' or '\\' or ')';
        }
    }

    private (bool Found, bool Taken) Before(int from, params ReadOnlySpan<string> breaks)
    {
        if (LastOf(LeakWords.Service(), from) is not ( >= 0 and var start, var end))
            return (false, false);
        var between = _text.AsSpan(end, _run.Start - end);
        foreach (var stop in breaks)
        {
            if (between.Contains(stop, StringComparison.Ordinal))
                return (false, false);
        }

        return (true, Assignment().IsMatch(_text[start..Math.Min(_text.Length, start + 120)]) && between.Contains('\n'));
    }

    private bool After(int to, params ReadOnlySpan<string> breaks) => After(to, breaks, wants: false);

    private bool After(int to, string end, bool wants) => After(to, [end], wants);

    private bool After(int to, ReadOnlySpan<string> breaks, bool wants)
    {
        var match = LeakWords.Service().Match(_text[_run.End..Math.Max(_run.End, to)]);
        if (!match.Success)
            return false;
        var between = _text.AsSpan(_run.End, match.Index);
        foreach (var end in breaks)
        {
            if (between.Contains(end, StringComparison.Ordinal))
                return false;
        }

        var at = _run.End + match.Index;
        return wants || !Assignment().IsMatch(_text[at..Math.Min(_text.Length, at + 120)]);
    }

    private (int Start, int End) LastOf(Regex what, int from) => what.Matches(_text[from.._run.Start]) is [.., { } last] ? (from + last.Index, from + last.Index + last.Length) : (-1, -1);

    private int BlockStart()
    {
        var start = _run.Start;
        for (var lines = 0; lines <= BlockLines && start > 0 && _run.Start - start < BlockReach; lines++)
            start = _text.LastIndexOf('\n', start - 1) is >= 0 and var at ? at : 0;

        return Math.Max(start, _run.Start - BlockReach);
    }

    private static string NameBefore(string before) =>
        Named().Match(before) is { Success: true } named ? named.Groups["name"].Value
        : Tagged().Match(before) is { Success: true } tagged ? tagged.Groups["name"].Value
        : "";

    /// <summary>NAME = "…, "name": "…, --name …, name('…, Authorization: Bearer …, password … .</summary>
    [GeneratedRegex(
        @"(?:(?<name>[A-Za-z0-9_][A-Za-z0-9_.\-]{0,80})[""'`\])\\]{0,4}\s*(?::=|=>|\?\?=|==|=|:)\s*(?:[A-Za-z_][A-Za-z0-9_.]{0,40}\(\s*)?[""'`(\[{\\]{0,4}\s*(?:Bearer(?:\s|%20|\+)+)?"
        + @"|--?(?<name>[A-Za-z][\w\-]{0,60})[=\s]+[""']?"
        + @"|(?<name>[A-Za-z_][\w.]{0,60})\(\s*[""'`]"
        + @"|\b(?<name>password|passwd|token|key|bearer|secret|authorization|define\(\s*[""'][\w]{1,60}[""'],)(?:\s|%20|\+)+[""'`]?)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Named();

    [GeneratedRegex(@"<(?<name>[A-Za-z][\w.:\-]{0,60})(?:\s[^<>]{0,200})?>\s*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Tagged();

    [GeneratedRegex(@"^\w*[""']?\s*[:=]\s*[""']?[\w=\-]{16,}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Assignment();
}

using System.Text.RegularExpressions;

namespace OneFichier.Server.Leaks;

/// <summary>What a run is called where it stands, and whether it stands for itself.</summary>
internal sealed partial class Surroundings
{
    private const int Reach = 400;
    private const int ShortLine = 200;

    private readonly string _text;
    private readonly KeyRun _run;
    private readonly string _before;

    public Surroundings(string text, KeyRun run)
    {
        (_text, _run) = (text, run);
        _before = Folded(text[Math.Max(0, run.Start - Reach)..run.Start]);
        var line = _before[(_before.LastIndexOf('\n') + 1)..];
        Name = NameBefore(line);
        if (Name.Length > 0 && Pair().Match(_before) is { Success: true } pair)
            Name = pair.Groups["name"].Value;
        Kind = Name.Length == 0 && Word().Match(line) is { Success: true } word && LeakWords.IsOfSomethingElse(word.Groups["name"].Value) ? NameKind.Other : LeakWords.KindOf(Name);
    }

    /// <summary>The name the value is given to, or the word it follows; empty where there is none.</summary>
    public string Name { get; }

    public NameKind Kind { get; }

    /// <summary>Whether it is a part of something longer: of a path, a domain, a link, Base64, a signed token.</summary>
    public bool IsPart
    {
        get
        {
            var (before, after) = (At(_run.Start - 1, ' '), At(_run.End, ' '));
            var isAdded = before == '+' && At(_run.Start - 2, '\n') == '\n';
            return (before is '/' or '+' or '.' or '?' or '@' or '$' or '~' && !isAdded && !IsVerbatim) || after is '/' or '+' or '(' or '~' or '@'
                || (after is '.' or ':' && char.IsAsciiLetterOrDigit(At(_run.End + 1, ' ')) && Name.Length == 0);
        }
    }

    /// <summary>Whether it stands alone: in quotes, as all there is in its line, or as a field of a short line.</summary>
    public bool IsAlone
    {
        get
        {
            var (before, after) = (At(_run.Start - 1, '\n'), At(_run.End, '\n'));
            return (before is '"' or '\'' or '`' or '\n' or '>' or ' ' or '\t' or '(' && after is '"' or '\'' or '`' or '\n' or '\r' or '<' or ' ' or '\t' or '\\' or ')')
                || (before is ';' or ',' or '|' or ':' && after is ';' or ',' or '|' or '\n' or '\r' && IsShortLine);
        }
    }

    private bool IsVerbatim => At(_run.Start - 1, ' ') == '@' && At(_run.Start - 2, ' ') is '=' or ' ';

    private bool IsShortLine
    {
        get
        {
            var start = _run.Start == 0 ? 0 : _text.LastIndexOf('\n', _run.Start - 1) + 1;
            var end = _text.IndexOf('\n', _run.End);
            return (end < 0 ? _text.Length : end) - start <= ShortLine;
        }
    }

    private char At(int index, char outside) => index >= 0 && index < _text.Length ? _text[index] : outside;

    /// <summary>As a Frenchman writes it, in whatever encoding: <c>clé :</c>, with a space that does not break.</summary>
    private static string Folded(string text) => !text.AsSpan().ContainsAny("\u00c3\u00c2\u00e9\u00c9") ? text
        : text.Replace("\u00c3\u00a9", "e", StringComparison.Ordinal).Replace("\u00c3\u0089", "E", StringComparison.Ordinal).Replace("\u00c2\u00a0", " ", StringComparison.Ordinal)
            .Replace('\u00e9', 'e').Replace('\u00c9', 'E');

    private static string NameBefore(string line) =>
        Named().Match(line) is { Success: true } named ? named.Groups["name"].Value
        : Tagged().Match(line) is { Success: true } tagged ? tagged.Groups["name"].Value
        : Argument().Match(line) is { Success: true } argument && LeakWords.KindOf(argument.Groups["name"].Value) is NameKind.Ours or NameKind.Generic ? argument.Groups["name"].Value
        : "";

    /// <summary>NAME = "…, "name": "…, name: string = "…, --name …, name('…, Authorization: Bearer …, password … .</summary>
    [GeneratedRegex(
        @"(?:[""'](?<name>[A-Za-z][\w.\-]{0,40}(?::[A-Za-z][\w.\-]{0,40}){1,4})[""']\s*[:=]\s*[""']"
        + @"|(?<name>[A-Za-z0-9_][A-Za-z0-9_.\-]{0,80})(?:(?:\s*:\s*|\s+)(?:As\s+)?(?:&(?:'static\s+)?)?(?:Final(?:\[str\])?|str|[Ss]tring|bytes|any)\??)?[""'`\])\\]{0,4}(?:\[\d*\])?\s*(?::=|=>|\|\||\?\??=|\?\?|==|=|:)\s*"
        + @"(?:[A-Za-z_][A-Za-z0-9_.]{0,40}\(\s*)?(?:&(?:quot|apos|#3[49]);)?(?:[@$bfru]{1,2}(?=[""'`]))?[""'`(\[{\\]{0,4}\s*(?:Bearer(?:\s|%20|\+|\\u0020)+)?"
        + @"|--?(?<name>[A-Za-z][\w\-]{0,60})[=\s]+[""']?"
        + @"|(?<name>[A-Za-z_][\w.]{0,60})\(\s*[@bfr]?[""'`]"
        + @"|\$\{(?<name>[A-Za-z_]\w{0,60}):[-=+]"
        + @"|(?<![A-Za-z])(?<name>password|passwd|token|key|bearer|secret|authorization|define\(\s*[""'][\w]{1,60}[""'],)(?:\s|%20|\+|\\u0020)+[""'`]?)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Named();

    [GeneratedRegex(@"<(?<name>[A-Za-z][\w.:\-]{0,60})(?:\s[^<>]{0,200})?>\s*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Tagged();

    /// <summary>("NAME", "…</summary>
    [GeneratedRegex(@"[""'](?<name>[\w.\-]{2,60})[""'],\s*[@bfru]?[""']$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Argument();

    /// <summary>Where name and value are two members of one thing: name: NAME, value: … .</summary>
    [GeneratedRegex(
        @"\b(?:name|key)[""']?\s*[:=]\s*[""']?(?<name>[\w.\-]{1,80})[""']?[,;]?\s+(?:[\w\-]{1,20}[""']?\s*[:=]\s*[""']?\w*[""']?[,;]?\s+)?[""']?(?:value|default)[""']?\s*[:=]\s*[""']?(?:Bearer\s+)?$"
        + @"|\b(?:name|key)[""']\s*:\s*[""'](?<name>[\w.\-]{1,80})[""'],\s*[""']value[""']\s*:\s*[""'](?:Bearer\s+)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Pair();

    /// <summary>The word before it.</summary>
    [GeneratedRegex(@"(?:^|[^\w\-])(?<name>[A-Za-z][\w\-]{1,30})[:=]?\s+[""'`]?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Word();
}

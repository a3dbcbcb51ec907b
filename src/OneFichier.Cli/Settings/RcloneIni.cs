namespace OneFichier.Cli.Settings;

/// <summary>The form of an <c>rclone.conf</c>: sections in brackets, <c>key = value</c> in them, comments behind # or ; at the start of a line.</summary>
internal static class RcloneIni
{
    private static readonly string[] Quotes = ["`", "\"\"\""];

    public static IReadOnlyList<RcloneRemote> Read(string text)
    {
        var sections = new OrderedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? section = null;
        foreach (var (index, line) in text.TrimStart('\uFEFF').Split('\n').Select(l => l.Trim()).Index())
        {
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[' && line[^1] == ']')
                section = Section(sections, line[1..^1].Trim());
            else if (section is null || line.IndexOfAny(['=', ':']) is not (> 0 and var at))
                throw new RcloneConfigException($"Line {index + 1} is none of a configuration of rclone.");
            else
                section[line[..at].Trim().Trim('"')] = Unquoted(line[(at + 1)..].Trim());
        }

        return [.. sections.Select(s => new RcloneRemote(s.Key, s.Value))];
    }

    private static Dictionary<string, string> Section(OrderedDictionary<string, Dictionary<string, string>> sections, string name)
    {
        if (!sections.TryGetValue(name, out var section))
            sections.Add(name, section = new Dictionary<string, string>(StringComparer.Ordinal));
        return section;
    }

    private static string Unquoted(string value) =>
        Quotes.FirstOrDefault(q => value.Length >= 2 * q.Length && value.StartsWith(q, StringComparison.Ordinal) && value.EndsWith(q, StringComparison.Ordinal)) is { } quote
            ? value[quote.Length..^quote.Length]
            : value;
}

namespace OneFichier.Drive.Sync;

/// <summary>Makes a filter of flags: rclone's rules, in rclone's order (docs/spec/filters.md).</summary>
/// <param name="time">What ages are counted from.</param>
/// <param name="open">Opens a list by the name that was given with the flag; <see langword="null"/> for a file, or standard input for <c>-</c>.</param>
public sealed class FilterBuilder(TimeProvider time, Func<string, TextReader>? open = null)
{
    private readonly Func<string, TextReader> _open = open ?? (name => name == "-" ? Console.In : File.OpenText(name));

    /// <summary>Makes the filter; without any flag it is <see cref="TreeFilter.Everything"/>.</summary>
    /// <exception cref="FilterFlagException">A flag cannot be used: a malformed rule, size, age or list, or flags that exclude each other.</exception>
    public TreeFilter Build(FilterFlags flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        var rules = Rules(flags);
        var limits = Limits(flags);
        var listed = Listed(flags, !rules.IsEmpty || limits.AnyOnFiles);
        return rules.IsEmpty && !limits.AnyOnFiles && limits.MaxDepth is null && listed is null ? TreeFilter.Everything : new RuleFilter(rules, limits, listed);
    }

    private FilterRules Rules(FilterFlags flags)
    {
        var rules = new FilterRules(flags.IgnoreCase);
        Each("--include", flags.Include, glob => rules.Add(include: true, glob));
        EachLine("--include-from", flags.IncludeFrom, glob => rules.Add(include: true, glob));
        Each("--exclude", flags.Exclude, glob => rules.Add(include: false, glob));
        EachLine("--exclude-from", flags.ExcludeFrom, glob => rules.Add(include: false, glob));
        Each("--filter", flags.Filter, rules.Add);
        EachLine("--filter-from", flags.FilterFrom, rules.Add);
        if (flags.Include.Count + flags.IncludeFrom.Count > 0)
            rules.Add(include: false, "/**");
        return rules;
    }

    private FilterLimits Limits(FilterFlags flags)
    {
        var limits = new FilterLimits
        {
            MinSize = Read("--min-size", flags.MinSize, SizeSuffix.Parse),
            MaxSize = Read("--max-size", flags.MaxSize, SizeSuffix.Parse),
            From = Read("--max-age", flags.MaxAge, text => AgeText.ParseMoment(text, time)),
            To = Read("--min-age", flags.MinAge, text => AgeText.ParseMoment(text, time)),
            MaxDepth = flags.MaxDepth is < 0 ? null : flags.MaxDepth,
            Markers = flags.ExcludeIfPresent.ToHashSet(StringComparer.Ordinal),
        };
        if (limits.To < limits.From)
            throw new FilterFlagException("--min-age", flags.MinAge ?? "", $"no file is that old and not older than --max-age '{flags.MaxAge}'.");
        return limits;
    }

    private ListedFiles? Listed(FilterFlags flags, bool others)
    {
        if (flags.FilesFrom.Count + flags.FilesFromRaw.Count == 0)
            return null;
        var (flag, text) = flags.FilesFrom.Count > 0 ? ("--files-from", flags.FilesFrom[0]) : ("--files-from-raw", flags.FilesFromRaw[0]);
        if (others)
            throw new FilterFlagException(flag, text, "it names the files itself, so no other filter can be used with it.");
        var listed = new ListedFiles();
        EachLine("--files-from", flags.FilesFrom, listed.Add);
        foreach (var list in flags.FilesFromRaw)
            Each("--files-from-raw", Lines("--files-from-raw", list), listed.Add);
        return listed;
    }

    private void EachLine(string flag, IReadOnlyList<string> lists, Action<string> add)
    {
        foreach (var list in lists)
            Each(flag, Lines(flag, list).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or ';')), add);
    }

    private static void Each(string flag, IEnumerable<string> texts, Action<string> add)
    {
        foreach (var text in texts)
        {
            try
            {
                add(text);
            }
            catch (FormatException e)
            {
                throw new FilterFlagException(flag, text, e.Message, e);
            }
        }
    }

    private string[] Lines(string flag, string list)
    {
        try
        {
            using var reader = _open(list);
            var lines = reader.ReadToEnd().Split('\n');
            return [.. (lines[^1].Length == 0 ? lines[..^1] : lines).Select(l => l.EndsWith('\r') ? l[..^1] : l)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FilterFlagException(flag, list, $"the list cannot be read: {e.Message}", e);
        }
    }

    private static T? Read<T>(string flag, string? text, Func<string, T?> parse) where T : struct
    {
        try
        {
            return text is null ? null : parse(text);
        }
        catch (FormatException e)
        {
            throw new FilterFlagException(flag, text!, e.Message, e);
        }
    }
}

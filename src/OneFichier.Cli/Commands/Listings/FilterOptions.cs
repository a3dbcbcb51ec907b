using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>rclone's filter flags, for verbs that work on a part of a tree.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _include = Flags.Texts("--include", "GLOB", "take only what matches");
    private readonly Option<string[]> _exclude = Flags.Texts("--exclude", "GLOB", "leave out what matches");
    private readonly Option<string[]> _filter = Flags.Texts("--filter", "RULE", "a rule: + GLOB, - GLOB or !; the first that matches decides", "-f");
    private readonly Option<string[]> _includeFrom = Flags.Texts("--include-from", "FILE", "--include, one a line");
    private readonly Option<string[]> _excludeFrom = Flags.Texts("--exclude-from", "FILE", "--exclude, one a line");
    private readonly Option<string[]> _filterFrom = Flags.Texts("--filter-from", "FILE", "--filter, one a line");
    private readonly Option<string[]> _filesFrom = Flags.Texts("--files-from", "FILE", "the files, by their paths, one a line; # begins a comment");
    private readonly Option<string[]> _filesFromRaw = Flags.Texts("--files-from-raw", "FILE", "the same, each line as it stands");
    private readonly Option<string> _minSize = Flags.Text("--min-size", "SIZE", "leave out smaller files; KiB, or with B K M G T");
    private readonly Option<string> _maxSize = Flags.Text("--max-size", "SIZE", "leave out larger files");
    private readonly Option<string> _minAge = Flags.Text("--min-age", "AGE", "leave out files changed since, as 30m, 2d, 1w or 2026-01-31");
    private readonly Option<string> _maxAge = Flags.Text("--max-age", "AGE", "leave out files not changed since");
    private readonly Option<bool> _ignoreCase = Flags.Switch("--ignore-case", "globs match whatever the case");
    private readonly Option<string[]> _excludeIfPresent = Flags.Texts("--exclude-if-present", "NAME", "leave out folders that hold a file of that name");
    private readonly Option<long?> _maxDepth = Flags.Number("--max-depth", "how many levels take part");

    public FilterOptions(Verb verb)
    {
        foreach (var option in (Option[])[_include, _exclude, _filter, _includeFrom, _excludeFrom, _filterFrom, _filesFrom, _filesFromRaw, _minSize, _maxSize, _minAge, _maxAge, _ignoreCase, _excludeIfPresent, _maxDepth])
            verb.Options.Add(option);
    }

    /// <exception cref="CliException">A rule, size, age or list cannot be used.</exception>
    public TreeFilter Of(Call call)
    {
        try
        {
            return new FilterBuilder(call.Time).Build(Typed(call));
        }
        catch (FilterFlagException e)
        {
            throw CliException.Usage(e.Message, "The rules are rclone's: docs/spec/filters.md");
        }
    }

    private FilterFlags Typed(Call call) => new()
    {
        Include = call.Get(_include) ?? [],
        Exclude = call.Get(_exclude) ?? [],
        Filter = call.Get(_filter) ?? [],
        IncludeFrom = call.Get(_includeFrom) ?? [],
        ExcludeFrom = call.Get(_excludeFrom) ?? [],
        FilterFrom = call.Get(_filterFrom) ?? [],
        FilesFrom = call.Get(_filesFrom) ?? [],
        FilesFromRaw = call.Get(_filesFromRaw) ?? [],
        MinSize = call.Get(_minSize),
        MaxSize = call.Get(_maxSize),
        MinAge = call.Get(_minAge),
        MaxAge = call.Get(_maxAge),
        IgnoreCase = call.Get(_ignoreCase),
        ExcludeIfPresent = call.Get(_excludeIfPresent) ?? [],
        MaxDepth = (int?)call.Get(_maxDepth),
    };
}

using System.CommandLine;
using System.CommandLine.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Parsing;

/// <summary>
/// The one mechanism by which every flag can also be set in the environment and in the configuration: what the command line leaves open is
/// added to it as if it had been typed, and the whole is parsed again. So a value is checked the same way, wherever it comes from.
/// </summary>
internal sealed class SettingsOverlay(Func<string, string?> variable, Config config)
{
    private readonly Dictionary<Option, string> _sources = [];

    /// <summary>Where the value of a flag came from, when not from the command line.</summary>
    public string? SourceOf(Option option) => _sources.GetValueOrDefault(option);

    /// <summary>The variable that stands for a flag: <c>FICHIER_MAX_AGE</c> for <c>--max-age</c>.</summary>
    public static string VariableOf(Option option) => "FICHIER_" + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    /// <summary>The arguments with what the environment and the configuration add.</summary>
    public IReadOnlyList<string> Apply(ParseResult parse, IReadOnlyList<string> arguments)
    {
        var added = OpenOptions(parse).SelectMany(Arguments).ToList();
        var end = arguments.TakeWhile(a => a != "--").Count();
        return added.Count == 0 ? arguments : [.. arguments.Take(end), .. added, .. arguments.Skip(end)];
    }

    private static IEnumerable<Option> OpenOptions(ParseResult parse)
    {
        for (SymbolResult? level = parse.CommandResult; level is not null; level = level.Parent)
        {
            foreach (var option in ((CommandResult)level).Command.Options)
            {
                var applies = option.Recursive || level == parse.CommandResult;
                if (applies && option != GlobalFlags.Help && parse.GetResult(option) is null or { Implicit: true })
                    yield return option;
            }
        }
    }

    private IEnumerable<string> Arguments(Option option)
    {
        var name = VariableOf(option);
        if (variable(name) is { Length: > 0 } value)
            return From(option, name, option.Arity.MaximumNumberOfValues > 1 ? value.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [value]);

        var preference = option.Name.TrimStart('-');
        return option == GlobalFlags.Config ? [] : From(option, $"the preference '{preference}'", config.Preference(preference));
    }

    private IEnumerable<string> From(Option option, string source, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
            _sources[option] = source;

        return option.Arity.MaximumNumberOfValues == 0
            ? Enumerable.Repeat(option.Name, values.Sum(v => Times(source, v)))
            : values.Select(v => $"{option.Name}={(option.ValueType == typeof(bool) ? Truth(source, v) : v)}");
    }

    private static int Times(string source, string value) =>
        int.TryParse(value, out var count) ? Math.Clamp(count, 0, 9) : Truth(source, value) == "true" ? 1 : 0;

    private static string Truth(string source, string value) => value.ToLowerInvariant() switch
    {
        "1" or "true" or "yes" or "on" => "true",
        "0" or "false" or "no" or "off" => "false",
        _ => throw CliException.Usage($"{source}: '{Escaping.Visible(value)}' is neither true nor false."),
    };
}

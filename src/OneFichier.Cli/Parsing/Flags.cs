using System.CommandLine;
using System.CommandLine.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Parsing;

/// <summary>The kinds of flags there are; each checks its value as it is read, wherever it comes from.</summary>
internal static class Flags
{
    public static Option<bool> Switch(string name, string meaning, params string[] aliases) =>
        new(name, aliases) { Description = meaning, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>A switch that counts when it is repeated.</summary>
    public static Option<bool> Count(string name, string meaning, params string[] aliases) =>
        new(name, aliases) { Description = meaning, Arity = ArgumentArity.Zero };

    public static Option<string> Text(string name, string valueName, string meaning, string? fallback = null, params string[] aliases)
    {
        var option = new Option<string>(name, [.. aliases.Where(a => a.Length > 0)]) { Description = meaning, HelpName = valueName };
        if (fallback is not null)
            option.DefaultValueFactory = _ => fallback;

        return option;
    }

    /// <summary>A text that may be given several times.</summary>
    public static Option<string[]> Texts(string name, string valueName, string meaning, params string[] aliases) =>
        new(name, aliases) { Description = meaning, HelpName = valueName, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    /// <summary>One of a few words, the first of which is the default.</summary>
    public static Option<string> Choice(string name, string meaning, params string[] words)
    {
        var option = Text(name, string.Join('|', words), meaning, words[0]);
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value))
                result.AddError($"'{token.Value}' is not one of {string.Join(", ", words)}");
        });
        return option;
    }

    public static Option<long?> Number(string name, string meaning, long? fallback = null, params string[] aliases) =>
        Parsed<long?>(name, "N", meaning, fallback, aliases, text => long.TryParse(text, System.Globalization.NumberStyles.None, null, out var n) ? n : null, "a number of zero or more");

    public static Option<TimeSpan?> Duration(string name, string meaning, TimeSpan? fallback = null) =>
        Parsed<TimeSpan?>(name, "DURATION", meaning, fallback, [], text => Units.TryParseDuration(text, out var time) ? time : null, "a duration as 30s, 10m, 2h or 7d");

    public static Option<long?> Size(string name, string meaning) =>
        Parsed<long?>(name, "SIZE", meaning, null, [], text => Units.TryParseSize(text, out var size) ? size : null, "a size as 100, 10k, 1.5G");

    private static Option<T?> Parsed<T>(string name, string valueName, string meaning, T? fallback, string[] aliases, Func<string, T?> read, string form)
    {
        var option = new Option<T?>(name, aliases)
        {
            Description = meaning,
            HelpName = valueName,
            CustomParser = result => Convert(result, read, form),
        };
        if (fallback is not null)
            option.DefaultValueFactory = _ => fallback;

        return option;
    }

    private static T? Convert<T>(ArgumentResult result, Func<string, T?> read, string form)
    {
        var text = result.Tokens[0].Value;
        var value = read(text);
        if (value is null)
            result.AddError($"'{text}' is not {form}");

        return value;
    }
}

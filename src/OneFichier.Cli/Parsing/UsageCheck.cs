using System.CommandLine;
using System.CommandLine.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Parsing;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal sealed class UsageCheck(IReadOnlyList<string> typed, SettingsOverlay overlay)
{
    /// <exception cref="CliException">The command line cannot be carried out.</exception>
    public void ThrowIfWrong(ParseResult parse)
    {
        if (UnknownFlag(parse) is { } flag)
            throw Unknown("flag", flag, FlagNames(parse), parse);

        if (parse.UnmatchedTokens is [var word, ..])
        {
            var isVerb = parse.CommandResult.Command.Subcommands.Count > 0;
            throw isVerb
                ? Unknown("command", word, parse.CommandResult.Command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name), parse)
                : CliException.Usage($"'{Escaping.Visible(word)}' is one argument too many.", SeeHelp(parse));
        }

        if (parse.Errors is [var error, ..])
            throw CliException.Usage(Sentence(error), SeeHelp(parse));
    }

    private string? UnknownFlag(ParseResult parse)
    {
        var beforeEnd = typed.TakeWhile(a => a != "--").ToHashSet(StringComparer.Ordinal);
        var arguments = parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(r => r.Tokens).Select(t => t.Value);
        return arguments.Concat(parse.UnmatchedTokens).FirstOrDefault(t => t.Length > 1 && t[0] == '-' && beforeEnd.Contains(t));
    }

    private static CliException Unknown(string kind, string word, IEnumerable<string> known, ParseResult parse)
    {
        var bare = word.Split('=', 2)[0];
        var near = Nearest.To(bare, known);
        var suggestion = near.Count == 0 ? "" : $"Did you mean {string.Join(" or ", near)}? ";
        return CliException.Usage($"Unknown {kind} '{Escaping.Visible(bare)}'.", suggestion + SeeHelp(parse));
    }

    private static IEnumerable<string> FlagNames(ParseResult parse) =>
        parse.CommandResult.Command.Options.Concat(GlobalFlags.All).Where(o => !o.Hidden).Select(o => o.Name);

    private string Sentence(ParseError error)
    {
        var option = (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult)?.Option;
        var place = option is null ? "" : (overlay.SourceOf(option) ?? option.Name) + ": ";
        var message = error.Message.TrimEnd('.');
        return $"{place}{message}.";
    }

    private static string SeeHelp(ParseResult parse) => $"See: {HelpWriter.PathOf(parse.CommandResult.Command)} --help";
}

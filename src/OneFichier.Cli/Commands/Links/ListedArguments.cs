using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>Arguments of which there may be hundreds: typed, in a file (<c>--from-file</c>), or on standard input (<c>-</c>), there one a line; empty lines and those that begin with # are skipped.</summary>
internal sealed class ListedArguments
{
    private readonly Argument<string[]> _typed;
    private readonly Option<string[]> _files = Flags.Texts("--from-file", "FILE", "take more from this file, one a line; # begins a comment, - is standard input");

    public ListedArguments(Verb verb, string name, string meaning)
    {
        _typed = new Argument<string[]>(name) { Description = meaning + "; - takes a list from standard input", Arity = ArgumentArity.ZeroOrMore };
        verb.Arguments.Add(_typed);
        verb.Options.Add(_files);
    }

    /// <exception cref="CliException">There is none, or a list cannot be read.</exception>
    public IReadOnlyList<string> Of(Call call)
    {
        List<string> all = [.. call.Get(_typed).SelectMany(t => t == "-" ? Lines("-") : [t]), .. (call.Get(_files) ?? []).SelectMany(Lines)];
        return all.Count > 0 ? all : throw CliException.Usage($"There is no {_typed.Name}.", "Name some, or a list by --from-file FILE or - for standard input.");
    }

    private static List<string> Lines(string list)
    {
        try
        {
            using var reader = list == "-" ? new StreamReader(Console.OpenStandardInput()) : File.OpenText(list);
            var lines = new List<string>();
            while (reader.ReadLine() is { } line)
            {
                if (line.Trim() is { Length: > 0 } text && text[0] != '#')
                    lines.Add(text);
            }

            return lines;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCodes.FileNotFound, $"There is no list '{Escaping.Visible(list)}'.");
        }
    }
}

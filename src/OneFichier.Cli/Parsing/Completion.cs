using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Text;

namespace OneFichier.Cli.Parsing;

/// <summary>Completes a line of a shell. Nothing is asked of the service for it.</summary>
internal static class Completion
{
    /// <summary>The words that may stand at the end of a line, the part of it that is typed, and whether a path may stand there too.</summary>
    public static (IReadOnlyList<(string Word, string Meaning)> Words, string Last, bool TakesPaths) Of(Command root, string line)
    {
        var words = Words(line);
        var last = words.Count > 1 ? words[^1] : "";
        var parse = root.Parse([.. words.Skip(1).SkipLast(1)]);
        var found = Candidates(parse, words, last).Where(c => c.Word.StartsWith(last, StringComparison.Ordinal)).DistinctBy(c => c.Word).ToList();
        var takesPaths = found.Count == 0 && !last.StartsWith('-') && parse.CommandResult.Command.Arguments.Any(a => a.Name.Contains("PATH", StringComparison.Ordinal) || a.Name.Contains("DST", StringComparison.Ordinal));
        return (found, last, takesPaths);
    }

    private static IEnumerable<(string Word, string Meaning)> Candidates(ParseResult parse, List<string> words, string last)
    {
        var command = parse.CommandResult.Command;
        var flags = command.Options.Concat(GlobalFlags.All).Where(o => !o.Hidden).ToList();
        if (words.Count > 2 && flags.FirstOrDefault(f => Takes(f, words[^2])) is { } open)
            return open.CompletionSources.SelectMany(s => s(CompletionContext.Empty)).Select(i => (i.Label, ""));

        if (last.StartsWith('-'))
            return flags.Select(f => (f.Name, f.Description ?? ""));

        var verbs = command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? ""));
        return verbs.Concat(command.Arguments.SelectMany(a => a.CompletionSources).SelectMany(s => s(CompletionContext.Empty)).Select(i => (i.Label, "")));
    }

    private static bool Takes(Option flag, string word) =>
        flag.ValueType != typeof(bool) && (flag.Name == word || flag.Aliases.Contains(word));

    /// <summary>The words of a line as a shell reads it; the last one may be unfinished, or empty after a blank.</summary>
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'' && i + 1 < line.Length)
                word.Append(line[++i]);
            else if (quote != '\0' ? c == quote : c is '"' or '\'')
                quote = quote == '\0' ? c : '\0';
            else if (quote == '\0' && char.IsWhiteSpace(c))
                Finish();
            else
                word.Append(c);
        }

        words.Add(word.ToString());
        return words;

        void Finish()
        {
            if (word.Length > 0)
                words.Add(word.ToString());

            word.Clear();
        }
    }
}

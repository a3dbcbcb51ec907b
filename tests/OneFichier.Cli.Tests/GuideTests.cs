using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace OneFichier.Cli.Tests;

/// <summary>Every command line of this program that the guides show is one the program takes: the verb is there, and so is each flag.</summary>
public sealed partial class GuideTests
{
    private static readonly string[] Global = ["--json", "--quiet", "--verbose", "--dry-run", "--progress", "--help", "--version", "-n", "-q", "-v", "-P", "-h"];

    [Fact]
    public async Task Every_command_in_a_guide_is_one_the_program_takes()
    {
        var root = Root();
        Assert.SkipWhen(root is null, "The tests do not run inside the checkout.");
        var commands = Directory.EnumerateFiles(Path.Combine(root, "docs/guide"), "*.md").Append(Path.Combine(root, "README.md")).SelectMany(CommandsIn).ToList();
        Assert.True(commands.Count > 60, $"only {commands.Count} commands were found");
        await using var desk = Desk.Alone();
        var helps = new ConcurrentDictionary<string, Task<Help?>>(StringComparer.Ordinal);
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(commands, TestContext.Current.CancellationToken, async (command, _) =>
        {
            if (await ProblemAsync(desk, helps, command.Words) is { } problem)
                wrong.Enqueue($"{Path.GetFileName(command.File)}: {command.Line}\n    {problem}");
        });

        Assert.True(wrong.IsEmpty, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("fichier lss 1f:")]
    [InlineData("fichier key shew")]
    [InlineData("fichier ls --colour 1f:")]
    [InlineData("fichier serve gopher")]
    public async Task A_command_the_program_does_not_take_is_noticed(string line)
    {
        await using var desk = Desk.Alone();
        Assert.NotNull(await ProblemAsync(desk, new(StringComparer.Ordinal), CommandsOf(line).Single()));
    }

    private static async Task<string?> ProblemAsync(Desk desk, ConcurrentDictionary<string, Task<Help?>> helps, string[] words)
    {
        var verb = new List<string>();
        var help = await HelpAsync(desk, helps, "");
        foreach (var word in words)
        {
            if (help!.Commands.Count == 0)
                break;
            if (word.StartsWith('-') || word.Length == 0 || !word.Any(char.IsAsciiLetterLower))
                break;
            if (!word.Split('|').All(help.Commands.Contains))
                return $"there is no command '{string.Join(' ', [.. verb, word])}'";
            verb.Add(word.Split('|')[0]);
            help = await HelpAsync(desk, helps, string.Join(' ', verb));
        }

        var flags = words.TakeWhile(w => w != "--").Where(w => w.Length > 1 && w[0] == '-' && !char.IsDigit(w[1])).Select(w => w.Split('=')[0]);
        return flags.FirstOrDefault(f => !Global.Contains(f) && !help!.Flags.Contains(f) && !IsLetters(f, help)) is { } unknown ? $"'{string.Join(' ', verb)}' has no flag '{unknown}'" : null;
    }

    private static bool IsLetters(string flag, Help help) => flag[1] != '-' && flag[1..].All(l => help.Flags.Contains($"-{l}") || Global.Contains($"-{l}"));

    private static Task<Help?> HelpAsync(Desk desk, ConcurrentDictionary<string, Task<Help?>> helps, string verb) => helps.GetOrAdd(verb, async v =>
    {
        var text = (await desk.RunAsync([.. v.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Done().Out;
        var lines = text.Split('\n');
        var commands = lines.Any(l => l.Contains(" COMMAND [flags]", StringComparison.Ordinal))
            ? lines.TakeWhile(l => l is not "Flags:" and not "Global flags:").Select(l => Row().Match(l)).Where(m => m.Success).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal)
            : [];
        return new Help(commands, lines.Select(l => FlagRow().Match(l)).Where(m => m.Success).SelectMany(m => new[] { m.Groups["letter"].Value, m.Groups["name"].Value }).ToHashSet(StringComparer.Ordinal));
    });

    /// <summary>Commands in blocks of code, and those that stand in a line as `fichier …`.</summary>
    private static IEnumerable<(string File, string Line, string[] Words)> CommandsIn(string file)
    {
        var isCode = false;
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (isCode && !line.Contains("//", StringComparison.Ordinal))
                foreach (var words in CommandsOf(line))
                    yield return (file, line, words);
            else
                foreach (var words in Inline().Matches(line).SelectMany(m => CommandsOf(m.Groups["line"].Value)))
                    yield return (file, line, words);
        }
    }

    private static IEnumerable<string[]> CommandsOf(string line) =>
        Command().Matches(Comment().Replace(line, "")).Select(m => Word().Matches(m.Groups["words"].Value).Select(w => w.Value.Trim('"', '\'', '`', ',')).ToArray());

    private static string? Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "fichier.slnx")))
            folder = folder.Parent;
        return folder?.FullName;
    }

    [GeneratedRegex(@"`(?<line>[^`]*\bfichier [^`]*)`", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Inline();

    [GeneratedRegex(@"\s#\s.*$|^#.*$", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Comment();

    /// <summary>fichier at the start of a command, and its words up to where another command or a redirection begins.</summary>
    [GeneratedRegex(@"(?:^\s*(?:\$ )?|[|&;(]\s*|\$\(|\./|sudo |exec |^[\w=/.]+ )fichier(?<words>(?:\s+(?:""[^""]*""|'[^']*'|[^\s|&;<>)#""']+|""))+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Command();

    [GeneratedRegex(@"""[^""]*""|'[^']*'|\S+", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^  (?<name>[a-z][\w-]*)(?:\s{2,}|$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Row();

    [GeneratedRegex(@"^  (?:(?<letter>-\w), |    )(?<name>--[a-z][\w-]*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex FlagRow();

    private sealed record Help(IReadOnlySet<string> Commands, IReadOnlySet<string> Flags);
}

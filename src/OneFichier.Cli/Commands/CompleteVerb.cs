using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>What the completion scripts ask: the words that may stand at the end of a line, with what they mean.</summary>
internal sealed class CompleteVerb : Verb
{
    private readonly Argument<string> _line = new("LINE") { Description = "the line up to the cursor" };

    public CompleteVerb() : base("__complete", "Complete a line, for the completion scripts.")
    {
        Hidden = true;
        Arguments.Add(_line);
    }

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var root = call.Parse.RootCommandResult.Command;
        foreach (var (word, meaning) in Completion.Of(root, call.Get(_line)))
            call.Screen.Line($"{word}\t{meaning}");

        return Task.FromResult(ExitCodes.Done);
    }
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

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

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var root = call.Parse.RootCommandResult.Command;
        var (words, last, takesPaths) = Completion.Of(root, call.Get(_line));
        foreach (var (word, meaning) in words)
            call.Screen.Line($"{word}\t{meaning}");

        if (takesPaths)
        {
            await foreach (var path in PathsAsync(call, last, cancellationToken))
                call.Screen.Line($"{path}\t");
        }

        return ExitCodes.Done;
    }

    /// <summary>The accounts, and then what is remembered of the folder that is being typed; the service is not asked.</summary>
    private static async IAsyncEnumerable<string> PathsAsync(Call call, string last, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!last.Contains(':', StringComparison.Ordinal))
        {
            foreach (var account in call.Config.Accounts.Keys.Concat(call.Config.Crypts?.Keys ?? []).Prepend("1f").Distinct().Where(a => a.StartsWith(last, StringComparison.Ordinal)))
                yield return account + ":";

            yield break;
        }

        if (Place.Parse(last[..(last.LastIndexOfAny([':', '/']) + 1)]) is not RemotePlace folder)
            yield break;

        using var session = new RemoteSession(call, new RemoteTreeOptions { MaxAge = TimeSpan.MaxValue / 4 });
        foreach (var entry in await session.RememberedAsync(folder, cancellationToken))
        {
            var path = $"{folder.Text}{entry.Name}{(entry.IsFolder ? "/" : "")}";
            if (path.StartsWith(last, StringComparison.Ordinal))
                yield return path;
        }
    }
}

using System.CommandLine;

namespace OneFichier.Cli.Parsing;

/// <summary>The verbs in groups, as the help of the program shows them.</summary>
internal sealed class Catalog
{
    private static readonly Dictionary<Command, string> Groups = [];
    private readonly Command _root = new("fichier", "fichier: a polite, verified client for 1fichier.com");

    public Catalog()
    {
        foreach (var option in GlobalFlags.All)
        {
            option.Recursive = true;
            _root.Options.Add(option);
        }
    }

    public Command Root => _root;

    public static string GroupOf(Command command) => Groups.GetValueOrDefault(command, "Commands");

    public Catalog Group(string title, params ReadOnlySpan<Command> commands)
    {
        foreach (var command in commands)
        {
            Groups[command] = title;
            _root.Subcommands.Add(command);
        }

        return this;
    }
}

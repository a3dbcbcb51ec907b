using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>Sources and a target of <c>mv</c> and <c>cp</c>: into the target where it is a folder, onto it where it is a name.</summary>
/// <param name="Tree">The account of the target.</param>
/// <param name="Target">The target.</param>
/// <param name="Folder">The folder the sources go into; <see langword="null"/> when the only source gets the target's name.</param>
internal sealed record Relocation(RemoteTree Tree, RemotePlace Target, RemotePath? Folder)
{
    public required IReadOnlyList<(Place Place, RemoteEntry Entry)> Sources { get; init; }

    public static async Task<Relocation> ReadAsync(RemoteSession session, string[] paths, CancellationToken cancellationToken)
    {
        var target = PathArguments.Account(Place.Parse(paths[^1]));
        var sources = paths[..^1].Select(Place.Parse).ToList();
        foreach (var source in sources.OfType<RemotePlace>().Where(s => s.Account != target.Account))
            throw CliException.Usage($"'{Escaping.Visible(source.Text)}' is of another account.", "Share the folder with that account, or copy by link: fichier cp $(fichier link …) …");

        var tree = await session.TreeAsync(target, cancellationToken);
        var into = target.MeansFolder || sources.Count > 1 || await tree.FindAsync(target.Path, cancellationToken: cancellationToken) is { IsFolder: true };
        var found = new List<(Place, RemoteEntry)>();
        foreach (var source in sources)
            found.Add((source, await session.FindAsync(source, EntryKind.Any, cancellationToken)));

        return new Relocation(tree, target, into ? target.Path : null) { Sources = found };
    }

    /// <summary>Where an entry will be.</summary>
    public RemotePath DestinationOf(RemoteEntry entry) => Folder?.Combine(entry.Name) ?? Target.Path;

    /// <summary>The target as it is typed, for an entry.</summary>
    public string TextOf(RemoteEntry entry) => Folder is null ? Target.Text : $"{Target.Text.TrimEnd('/')}{(Target.Text.EndsWith(':') ? "" : "/")}{entry.Name}";
}

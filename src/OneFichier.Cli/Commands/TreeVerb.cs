using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class TreeVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.OptionalRemote();
    private readonly Option<bool> _dirsOnly = Flags.Switch("--dirs-only", "folders only", "-d");
    private readonly Option<long?> _level = Flags.Number("--level", "how deep", null, "-L");
    private readonly Freshness _freshness;

    public TreeVerb() : base("tree", "Draw a folder and all below it.")
    {
        Examples = [new("fichier tree 1f:docs", "a folder"), new("fichier tree -d -L 2", "two levels of folders")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        Options.Add(_dirsOnly);
        Options.Add(_level);
        _freshness = new Freshness(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = PathArguments.Account(Place.Parse(call.Get(_path)));
        using var session = _freshness.Open(call);
        var entry = await session.FindAsync(place, EntryKind.Folder, cancellationToken);
        var drawing = new Drawing(call, await session.TreeAsync(place, cancellationToken), _freshness.Refresh(call)) { FoldersOnly = call.Get(_dirsOnly) };
        if (call.Screen.Json)
        {
            var root = await drawing.ReadAsync(entry.Path, call.Screen.Shown(place.Text), call.Get(_level) ?? long.MaxValue, cancellationToken);
            call.Screen.Document(root, JsonShapes.Default.TreeShape);
            return ExitCodes.Done;
        }

        call.Screen.Line(call.Screen.Shown(place.Text));
        await drawing.DrawAsync(entry.Path, "", call.Get(_level) ?? long.MaxValue, cancellationToken);
        call.Screen.Line($"\n{drawing.Folders} folders, {drawing.Files} files");
        return ExitCodes.Done;
    }

    private sealed class Drawing(Call call, RemoteTree tree, Refresh refresh)
    {
        public bool FoldersOnly { get; init; }

        public int Folders { get; private set; }

        public int Files { get; private set; }

        public async Task DrawAsync(RemotePath folder, string indent, long levels, CancellationToken cancellationToken)
        {
            var children = await ChildrenAsync(folder, levels, cancellationToken);
            for (var i = 0; i < children.Count; i++)
            {
                var isLast = i == children.Count - 1;
                var child = children[i];
                call.Screen.Line($"{indent}{(isLast ? "└── " : "├── ")}{call.Screen.Shown(child.Name)}{(child.IsFolder ? "/" : "")}");
                if (child.IsFolder)
                    await DrawAsync(child.Path, indent + (isLast ? "    " : "│   "), levels - 1, cancellationToken);
            }
        }

        public async Task<TreeShape> ReadAsync(RemotePath folder, string name, long levels, CancellationToken cancellationToken)
        {
            var below = new List<TreeShape>();
            foreach (var child in await ChildrenAsync(folder, levels, cancellationToken))
                below.Add(child.IsFolder ? await ReadAsync(child.Path, child.Name, levels - 1, cancellationToken) : new TreeShape(child.Name, false, child.File.Size, null));

            return new TreeShape(name, true, null, below);
        }

        private async Task<IReadOnlyList<RemoteEntry>> ChildrenAsync(RemotePath folder, long levels, CancellationToken cancellationToken)
        {
            if (levels <= 0)
                return [];

            var view = await tree.ListAsync(folder, refresh, cancellationToken);
            Freshness.Tell(call.Screen, view);
            var children = FoldersOnly ? [.. view.Entries.Where(e => e.IsFolder)] : view.Entries;
            Folders += children.Count(c => c.IsFolder);
            Files += children.Count(c => !c.IsFolder);
            return children;
        }
    }
}

internal sealed record TreeShape(string Name, bool IsDir, long? Size, IReadOnlyList<TreeShape>? Entries);

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class TreeVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.Optional();
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
        using var session = _freshness.Open(call);
        var spot = await session.OpenAsync(Place.Parse(call.Get(_path)), cancellationToken);
        await spot.FindAsync(EntryKind.Folder, cancellationToken);
        var drawing = new Drawing(call, spot) { FoldersOnly = call.Get(_dirsOnly) };
        if (call.Screen.Json)
        {
            var root = await drawing.ReadAsync(spot.Path, call.Screen.Shown(spot.Place.Text), call.Get(_level) ?? long.MaxValue, cancellationToken);
            call.Screen.Document(root, JsonShapes.Default.TreeShape);
            return ExitCodes.Done;
        }

        call.Screen.Line(call.Screen.Shown(spot.Place.Text));
        await drawing.DrawAsync(spot.Path, "", call.Get(_level) ?? long.MaxValue, cancellationToken);
        call.Screen.Line($"\n{drawing.Folders} folders, {drawing.Files} files");
        return ExitCodes.Done;
    }

    private sealed class Drawing(Call call, Spot spot)
    {
        public bool FoldersOnly { get; init; }

        public int Folders { get; private set; }

        public int Files { get; private set; }

        public async Task DrawAsync(VolumePath folder, string indent, long levels, CancellationToken cancellationToken)
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

        public async Task<TreeShape> ReadAsync(VolumePath folder, string name, long levels, CancellationToken cancellationToken)
        {
            var below = new List<TreeShape>();
            foreach (var child in await ChildrenAsync(folder, levels, cancellationToken))
                below.Add(child.IsFolder ? await ReadAsync(child.Path, child.Name, levels - 1, cancellationToken) : new TreeShape(child.Name, false, child.Size, null));

            return new TreeShape(name, true, null, below);
        }

        private async Task<IReadOnlyList<Entry>> ChildrenAsync(VolumePath folder, long levels, CancellationToken cancellationToken)
        {
            if (levels <= 0)
                return [];

            var contents = await spot.Volume.ListAsync(folder, cancellationToken);
            Freshness.Tell(call.Screen, spot, folder, contents);
            var children = FoldersOnly ? [.. contents.Entries.Where(e => e.IsFolder)] : contents.Entries;
            Folders += children.Count(c => c.IsFolder);
            Files += children.Count(c => !c.IsFolder);
            return children;
        }
    }
}

internal sealed record TreeShape(string Name, bool IsDir, long? Size, IReadOnlyList<TreeShape>? Entries);

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class StatVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.One();
    private readonly Freshness _freshness;

    public StatVerb() : base("stat", "Show all that is known of a file or folder.")
    {
        Examples = [new("fichier stat 1f:docs/a.txt", "a file"), new("fichier stat --json https://1fichier.com/?abcdefghij1234567890", "what a link leads to")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        _freshness = new Freshness(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = Place.Parse(call.Get(_path));
        using var session = _freshness.Open(call);
        var spot = await session.OpenAsync(place, cancellationToken);
        var entry = await spot.FindAsync(EntryKind.Any, cancellationToken);
        var shape = EntryShape.Of(entry, entry.Path.ToString());
        if (call.Screen.Json)
            call.Screen.Document(shape, JsonShapes.Default.EntryShape);
        else
            Print(call.Screen, shape);

        return ExitCodes.Done;
    }

    private static void Print(Screen screen, EntryShape shape)
    {
        Row("path", shape.Path);
        Row("type", shape.IsDir ? "folder" : "file");
        Row("size", shape.Size is { } size ? $"{size} ({Units.Size(size)})" : null);
        Row("link", shape.Link);
        Row("number", shape.Id?.ToString());
        Row("whirlpool", shape.Whirlpool);
        Row("content", shape.ContentType);
        Row("uploaded", shape.Uploaded is { } at ? $"{at:yyyy-MM-dd HH:mm:ss zzz}" : null);
        Row("modified", shape.ModTime is { } time && time != shape.Uploaded ? $"{time:yyyy-MM-dd HH:mm:ss zzz}" : null);

        void Row(string label, string? value)
        {
            if (value is { Length: > 0 })
                screen.Line($"{label,-10} {screen.Shown(value)}");
        }
    }
}

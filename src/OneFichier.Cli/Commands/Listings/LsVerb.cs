using System.CommandLine;
using System.Runtime.CompilerServices;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class LsVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.Optional();
    private readonly Option<bool> _long = Flags.Switch("--long", "size and time before each name", "-l");
    private readonly Option<bool> _recursive = Flags.Switch("--recursive", "all that is below, too", "-R");
    private readonly Option<bool> _all = Flags.Switch("--all", "every file of a name, with its link; otherwise the newest is shown");
    private readonly Freshness _freshness;

    public LsVerb() : base("ls", "List a folder.")
    {
        Details = "One name a line, folders with a slash at the end. What is remembered is shown while it is fresh enough; that costs no request.";
        Examples =
        [
            new("fichier ls", "the root"),
            new("fichier ls -l 1f:photos/2024", "with sizes and times"),
            new("fichier ls -R --json work: | jq -r '.[] | select(.size > 1e9) | .path'", "large files of another account"),
            new("fichier ls https://1fichier.com/dir/AbCd1234", "a public share"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        foreach (var option in (Option[])[_long, _recursive, _all])
            Options.Add(option);

        _freshness = new Freshness(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = _freshness.Open(call);
        var shapes = ListedAsync(call, session, Place.Parse(call.Get(_path)), cancellationToken);
        if (call.Screen.Json)
        {
            call.Screen.Document(await shapes.ToArrayAsync(cancellationToken), JsonShapes.Default.EntryShapeArray);
            return ExitCodes.Done;
        }

        await foreach (var shape in shapes.WithCancellation(cancellationToken))
            Print(call, shape);

        return ExitCodes.Done;
    }

    private void Print(Call call, EntryShape shape)
    {
        var all = call.Get(_all);
        call.Screen.Line(call.Get(_long) ? shape.Long(call.Screen, all) : $"{call.Screen.Shown(shape.Path)}{(shape.IsDir ? "/" : "")}{(all && shape.Link is { } link ? "\t" + link : "")}");
    }

    private async IAsyncEnumerable<EntryShape> ListedAsync(Call call, RemoteSession session, Place place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spot = await session.OpenAsync(place, cancellationToken);
        var entry = await spot.FindAsync(EntryKind.Any, cancellationToken, missing: EntryKind.Folder);
        if (!entry.IsFolder)
        {
            yield return EntryShape.Of(entry, entry.Name);
            yield break;
        }

        await foreach (var (_, contents) in Listing.OfAsync(call, spot, call.Get(_recursive), null, cancellationToken))
        {
            foreach (var child in call.Get(_all) ? contents.All() : contents.Entries)
                yield return EntryShape.Of(child, spot.Below(child.Path));
        }
    }
}

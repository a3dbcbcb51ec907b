using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class FindVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.Optional();
    private readonly Option<bool> _long = Flags.Switch("--long", "size and time before each path", "-l");
    private readonly Option<bool> _print0 = Flags.Switch("--print0", "end each path with a NUL instead of a line end", "-0");
    private readonly FilterOptions _filter;
    private readonly Freshness _freshness;

    public FindVerb() : base("find", "Find files below a folder by name, size and age.")
    {
        Details =
            "One path a line, as it is read from PATH. The filters are rclone's; --min-age and --max-age speak of the files' times, so how old a remembered\n"
            + "listing may be is set by --index-age here.";
        Examples =
        [
            new("fichier find 1f: --include '*.mkv' --min-size 1G", "large videos of the whole account"),
            new("fichier find 1f:logs --min-age 90d --print0 | xargs -0 -I{} fichier rm '1f:logs/{}'", "what is older than three months"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        Options.Add(_long);
        Options.Add(_print0);
        _filter = new FilterOptions(this);
        _freshness = new Freshness(this, "--index-age");
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var filter = _filter.Of(call);
        using var session = _freshness.Open(call);
        var spot = await session.OpenAsync(Place.Parse(call.Get(_path)), cancellationToken);
        await spot.FindAsync(EntryKind.Folder, cancellationToken);
        var part = spot.Alone();
        var found = Listing.OfAsync(call, part, recursive: true, filter.Enters, cancellationToken)
            .SelectMany(l => l.Contents.Entries.Where(e => !e.IsFolder && filter.Includes(e)).ToAsyncEnumerable())
            .Select(e => EntryShape.Of(e, e.Path.ToString()));
        if (call.Screen.Json)
        {
            call.Screen.Document(await found.ToArrayAsync(cancellationToken), JsonShapes.Default.EntryShapeArray);
            return ExitCodes.Done;
        }

        await foreach (var shape in found.WithCancellation(cancellationToken))
            Print(call, shape);

        return ExitCodes.Done;
    }

    private void Print(Call call, EntryShape shape)
    {
        if (call.Get(_print0))
            call.Screen.Out.Write(shape.Path + '\0');
        else
            call.Screen.Line(call.Get(_long) ? shape.Long(call.Screen, withLink: false) : call.Screen.Shown(shape.Path));
    }
}

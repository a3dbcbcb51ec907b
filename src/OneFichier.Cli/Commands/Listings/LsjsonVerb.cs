using System.CommandLine;
using System.Runtime.CompilerServices;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class LsjsonVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.Optional();
    private readonly Option<bool> _recursive = Flags.Switch("--recursive", "all that is below, too", "-R");
    private readonly Option<bool> _filesOnly = Flags.Switch("--files-only", "no folders");
    private readonly Option<bool> _dirsOnly = Flags.Switch("--dirs-only", "no files");
    private readonly Option<bool> _hash = Flags.Switch("--hash", "accepted as rclone does; the checksums are always there");
    private readonly Option<bool> _stat = Flags.Switch("--stat", "one object about the path itself");
    private readonly Freshness _freshness;

    public LsjsonVerb() : base("lsjson", "List a folder in rclone's JSON.")
    {
        Details = "An array with one object a line: Path Name Size MimeType ModTime IsDir Hashes ID. ModTime is the time of upload where no other is known.";
        Examples = [new("fichier lsjson -R 1f:docs", "as rclone lsjson -R --hash"), new("fichier lsjson --stat 1f:docs/a.txt", "one file")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        foreach (var option in (Option[])[_recursive, _filesOnly, _dirsOnly, _hash, _stat])
            Options.Add(option);

        _freshness = new Freshness(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = Place.Parse(call.Get(_path));
        using var session = _freshness.Open(call);
        var spot = await session.OpenAsync(place, cancellationToken);
        var entry = await spot.FindAsync(EntryKind.Any, cancellationToken, missing: EntryKind.Folder);
        if (call.Get(_stat))
        {
            call.Screen.Line(Json(entry, entry.Name));
            return ExitCodes.Done;
        }

        var lines = entry.IsFolder ? LinesAsync(call, spot, cancellationToken) : new[] { Json(entry, entry.Name) }.ToAsyncEnumerable();
        await WriteAsync(call.Screen.Out, lines, cancellationToken);
        return ExitCodes.Done;
    }

    private static async Task WriteAsync(TextWriter output, IAsyncEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var separator = "[\n";
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            output.Write(separator + line);
            separator = ",\n";
        }

        output.WriteLine(separator == "[\n" ? "[\n]" : "\n]");
    }

    private async IAsyncEnumerable<string> LinesAsync(Call call, Spot spot, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, contents) in Listing.OfAsync(call, spot, call.Get(_recursive), null, cancellationToken))
        {
            foreach (var child in contents.Entries.Where(e => e.IsFolder ? !call.Get(_filesOnly) : !call.Get(_dirsOnly)))
                yield return Json(child, spot.Below(child.Path));
        }
    }

    private static string Json(Entry entry, string path) => JsonOutput.Compact(RcloneShape.Of(entry, path), RcloneJson.Default.RcloneShape);
}

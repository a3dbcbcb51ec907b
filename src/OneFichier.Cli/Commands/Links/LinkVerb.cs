using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class LinkVerb : ChangeVerb
{
    private readonly ListedArguments _paths;
    private readonly Option<string> _format = Flags.Choice("--format", "for whom", [.. UrlFormats.PageNames]);
    private readonly Option<string> _password = Flags.Text("--password", "PASSWORD", "the password of the share");

    public LinkVerb() : base("link", "Print the page links of files.")
    {
        Details =
            "One a line; a folder gives those of all files below it, and '1f:films/*.mkv' those that match. Page links last; see url for direct ones.\n"
            + "Costs one listing for each folder that is not known well enough, and nothing else. What cannot be found is listed, the rest is printed.";
        Examples =
        [
            new("fichier link 1f:docs/a.txt", "one file"),
            new("fichier link --format crawljob '1f:films/**.mkv' > ~/jd2/folderwatch/films.crawljob", "for JDownloader"),
            new("fichier link --from-file paths.txt --format csv > links.csv", "hundreds"),
        ];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key];
        _paths = new ListedArguments(this, "PATH", LinkFlags.Meaning);
        Options.Add(_format);
        Options.Add(_password);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var paths = _paths.Of(call);
        using var session = new RemoteSession(call) { Link = new DirectLinkOptions { Password = call.Get(_password) } };
        var sources = new LinkSources(call, session, (path, e) => TellFailed(call, path, e));
        await sources.CollectAsync(paths, cancellationToken);
        var printer = UrlPrinter.For(call, call.Get(_format)!, UrlFormats.OfPages);
        foreach (var file in sources.Files)
            printer.Print(UrlShape.Of(file, file.Link.Url, default));

        printer.End(u => new LinkShape(u.Path, u.Link, u.Size, u.Whirlpool), JsonShapes.Default.LinkShapeArray);
        return Conclude(sources.Files.Count + sources.Failed.Count, sources.Failed);
    }
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class UrlVerb : ChangeVerb
{
    private readonly ListedArguments _paths;
    private readonly Option<string> _format = Flags.Choice("--format", "for whom", [.. UrlFormats.Names]);
    private readonly LinkFlags _link;
    private readonly StrmFlags _strm;

    public UrlVerb() : base("url", "Print direct links, which any program can fetch for some minutes.")
    {
        Details =
            "A direct link must be used within five minutes; each costs one request. A folder gives those of all files below it, and '1f:films/*.mkv' those\n"
            + "that match. Links come out as they are got and are remembered: a run that was interrupted, begun again, asks only for those that are missing or\n"
            + "have ended. What fails is listed, the rest is printed. crawljob names the page link, which lasts; wget is a list for wget --content-disposition -i,\n"
            + "sh a script. strm with --gateway names addresses of 'serve http', which last and cost no request; with --strm-dir too it keeps a folder of .strm\n"
            + "files in step.";
        Examples =
        [
            new("curl -OJ \"$(fichier url 1f:film.mkv)\"", "fetch by another program"),
            new("fichier url --format aria2 1f:photos | aria2c -j 3 -i -", "many at once"),
            new("fichier url --format m3u '1f:music/**.flac' > music.m3u", "play them"),
            new("fichier url --from-file paths.txt -P > links.txt", "hundreds; the same line again after Ctrl-C goes on"),
            new("fichier url --format strm --strm-dir /srv/media --gateway http://nas:8080 1f:films 1f:series", "a library for Kodi or Jellyfin, every night"),
        ];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key];
        _paths = new ListedArguments(this, "PATH", LinkFlags.Meaning);
        Options.Add(_format);
        _link = new LinkFlags(this);
        _strm = new StrmFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var format = call.Get(_format)!;
        var export = _strm.Of(call, format);
        var paths = _paths.Of(call);
        using var session = new RemoteSession(call) { Link = _link.Of(call) };
        var sources = new LinkSources(call, session, (path, e) => TellFailed(call, path, e));
        await sources.CollectAsync(paths, cancellationToken);
        if (export is not null)
            return await export.RunAsync(sources, cancellationToken);

        var printer = UrlPrinter.For(call, format, UrlFormats.Of);
        List<Exception> failed = [.. sources.Failed];
        var display = new CountDisplay(call.Screen, call.Time, "links") { Total = sources.Files.Count };
        Advise(call, sources.Files.Count, format);
        try
        {
            await display.RunAsync("links", () => AskAsync(call, session, sources.Files, (printer, display, failed), cancellationToken));
        }
        catch (Exception e) when (printer.Count > 0 && e is OperationCanceledException or FichierException)
        {
            call.Screen.Note($"{printer.Count} of {sources.Files.Count} links were got and are remembered for their five minutes; the same command goes on from there.");
            throw;
        }

        printer.End(u => u, JsonShapes.Default.UrlShapeArray);
        return Conclude(sources.Files.Count + sources.Failed.Count, failed);
    }

    private async Task AskAsync(
        Call call, RemoteSession session, IReadOnlyList<LinkedFile> files, (UrlPrinter Printer, CountDisplay Display, List<Exception> Failed) report, CancellationToken cancellationToken)
    {
        for (var next = 0; next < files.Count;)
        {
            var account = await session.ClientAsync(files[next].Place, cancellationToken);
            var together = new List<LinkedFile>();
            while (next < files.Count && await session.ClientAsync(files[next].Place, cancellationToken) == account)
                together.Add(files[next++]);

            var run = new DirectLinkRun(account, await session.LinkBookAsync(together[0].Place, cancellationToken)) { Wishes = session.Link, Life = _link.LifeOf(call) };
            var before = next - together.Count;
            await foreach (var outcome in run.AskAsync([.. together.Select(f => f.Link)], cancellationToken))
            {
                Take(call, together[outcome.Index], outcome, report);
                report.Display.Reach(before + outcome.Index + 1);
            }
        }
    }

    private static void Take(Call call, LinkedFile file, DirectLinkOutcome outcome, (UrlPrinter Printer, CountDisplay Display, List<Exception> Failed) report)
    {
        if (outcome.Link is { } link)
        {
            report.Printer.Print(UrlShape.Of(file, link.Url.AbsoluteUri, link.Expires));
            return;
        }

        TellFailed(call, file.Path, outcome.Error!);
        report.Failed.Add(outcome.Error!);
    }

    /// <summary>A word when the first links will have ended before the last is there.</summary>
    private static void Advise(Call call, int files, string format)
    {
        var time = files * TimeSpan.FromMilliseconds(400);
        if (time > DirectLink.Lifetime)
            call.Screen.Note($"{files} links take {Units.Duration(time)} inside the limits of the service, and each must be used within five minutes: hand them on as they come{(format == "strm" ? ", or give --gateway" : "")}.");
    }
}

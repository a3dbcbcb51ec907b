using System.CommandLine;
using System.Text.Json.Serialization;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class UrlVerb : ChangeVerb
{
    private readonly Argument<string[]> _paths = PathArguments.ManyRemote();
    private readonly Option<string> _format = Flags.Choice("--format", "for whom", [.. UrlFormats.Names]);
    private readonly LinkFlags _link;

    public UrlVerb() : base("url", "Print direct links, which any program can fetch for some minutes.")
    {
        Details =
            "A direct link must be used within five minutes; each costs one request. A folder gives those of all files below it. What fails is listed, the\n"
            + "rest is printed. crawljob names the page link, which lasts.";
        Examples =
        [
            new("curl -OJ \"$(fichier url 1f:film.mkv)\"", "fetch by another program"),
            new("fichier url --format aria2 1f:photos | aria2c -i -", "many at once"),
            new("fichier url --format m3u 1f:music > music.m3u", "play them"),
        ];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_paths);
        Options.Add(_format);
        _link = new LinkFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var options = _link.Of(call);
        using var session = new RemoteSession(call) { Link = options };
        var items = new List<(FichierClient Client, LinkShape File)>();
        foreach (var place in call.Get(_paths).Select(Place.Parse))
        {
            var client = await session.ClientAsync(place, cancellationToken);
            if (place is LinkPlace given)
                items.Add((client, new LinkShape(given.Link.Id, given.Link.Url, null, null)));
            else
                items.AddRange((await LinkShape.OfAsync(call, session, place, cancellationToken)).Select(f => (client, f)));
        }

        var (urls, failed) = await AskAsync(call, items, options, cancellationToken);
        var format = call.Screen.Json ? "json" : call.Get(_format)!;
        if (format == "json")
            call.Screen.Document([.. urls], JsonShapes.Default.UrlShapeArray);
        else
            call.Screen.Out.Write(UrlFormats.Write(format, urls));

        return Conclude(items.Count, failed);
    }

    private static async Task<(List<UrlShape>, List<Exception>)> AskAsync(
        Call call, IReadOnlyList<(FichierClient Client, LinkShape File)> items, DirectLinkOptions options, CancellationToken cancellationToken)
    {
        var (urls, failed) = (new List<UrlShape>(items.Count), new List<Exception>());
        foreach (var (client, file) in items)
        {
            try
            {
                var direct = await client.Downloads.GetLinkAsync(FileLink.Parse(file.Link), options, cancellationToken);
                urls.Add(new UrlShape(file.Path, file.Link, direct.Url.AbsoluteUri, direct.Expires, file.Size, file.Whirlpool) { Below = file.Below });
            }
            catch (Exception e) when (items.Count > 1 && ConcernsOne(e))
            {
                TellFailed(call, file.Path, e);
                failed.Add(e);
            }
        }

        return (urls, failed);
    }
}

internal sealed record UrlShape(string Path, string Link, string Url, DateTimeOffset Expires, long? Size, string? Whirlpool)
{
    /// <summary>The path below what was asked for, as a name for a program that saves it.</summary>
    [JsonIgnore]
    public string Below { get; init; } = Path;
}

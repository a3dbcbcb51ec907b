using System.CommandLine;
using System.Text.Json.Serialization;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class LinkVerb : Verb
{
    private readonly Argument<string[]> _paths = PathArguments.ManyRemote();

    public LinkVerb() : base("link", "Print the page links of files.")
    {
        Details = "One a line; a folder gives those of all files below it. Page links last; see url for direct ones.";
        Examples = [new("fichier link 1f:docs/a.txt", "one file"), new("fichier link 1f:photos > links.txt", "all below a folder")];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_paths);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        var shapes = new List<LinkShape>();
        foreach (var place in call.Get(_paths).Select(Place.Parse))
        {
            if (place is LinkPlace given)
                shapes.Add(new LinkShape(given.Text, given.Link.Url, null, null));
            else
                shapes.AddRange(await LinkShape.OfAsync(call, session, place, cancellationToken));
        }

        if (call.Screen.Json)
            call.Screen.Document([.. shapes], JsonShapes.Default.LinkShapeArray);
        else
            shapes.ForEach(s => call.Screen.Line(s.Link));

        return ExitCodes.Done;
    }
}

internal sealed record LinkShape(string Path, string Link, long? Size, string? Whirlpool)
{
    /// <summary>The path below what was asked for, as a name for a program that saves it.</summary>
    [JsonIgnore]
    public string Below { get; init; } = Path;

    /// <summary>The files at a place.</summary>
    /// <exception cref="CliException">Their links lead to something else than what is shown there, as in an encrypted remote.</exception>
    public static async Task<IReadOnlyList<LinkShape>> OfAsync(Call call, RemoteSession session, Place place, CancellationToken cancellationToken)
    {
        var items = (await FetchItem.OfAsync(call, session, place, cancellationToken)).Files;
        return [.. items.Select(i => new LinkShape(i.Entry.Path.ToString(), i.Entry.Link?.Url ?? throw Encrypted(place), i.Entry.Size, i.Entry.Checksum?.ToString()) { Below = i.Path })];
    }

    private static CliException Encrypted(Place place) =>
        CliException.Usage($"'{Escaping.Visible(place.Text)}' is encrypted; its links lead to what nobody can read without the password.", "Name the files by the path of the account that stores them.");
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class DuVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.Optional();
    private readonly Freshness _freshness;

    public DuVerb() : base("du", "Add up the sizes below a folder.")
    {
        Details = "One line for each folder right below PATH, and one for all. Every file of a name counts, since every one takes room.";
        Examples = [new("fichier du", "the whole account"), new("fichier du --json 1f:photos", "a folder, in bytes")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        _freshness = new Freshness(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = _freshness.Open(call);
        var spot = await session.OpenAsync(Place.Parse(call.Get(_path)), cancellationToken);
        await spot.FindAsync(EntryKind.Folder, cancellationToken);
        var sums = new SortedDictionary<string, UsageShape>(StringComparer.Ordinal) { [""] = new(spot.Place.Text, 0, 0) };
        await foreach (var (folder, contents) in Listing.OfAsync(call, spot, recursive: true, null, cancellationToken))
        {
            var files = contents.All().Where(e => !e.IsFolder).ToList();
            foreach (var name in new[] { "", spot.Below(folder).Split('/')[0] }.Distinct())
                sums[name] = sums.GetValueOrDefault(name, new UsageShape(name, 0, 0)).Plus(files.Count, files.Sum(f => f.Size));
        }

        if (call.Screen.Json)
            call.Screen.Document([.. sums.Values], JsonShapes.Default.UsageShapeArray);
        else
            foreach (var sum in sums.Values.Skip(1).Append(sums[""]))
                call.Screen.Line($"{Units.Size(sum.Size),12} {sum.Files,8} files  {call.Screen.Shown(sum.Path)}");

        return ExitCodes.Done;
    }
}

internal sealed record UsageShape(string Path, long Files, long Size)
{
    public UsageShape Plus(long files, long size) => this with { Files = Files + files, Size = Size + size };
}

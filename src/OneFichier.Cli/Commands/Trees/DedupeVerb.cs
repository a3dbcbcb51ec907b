using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

internal sealed class DedupeVerb : ChangeVerb
{
    private readonly Argument<string> _path = PathArguments.OneRemote();
    private readonly Option<string> _mode = Flags.Choice("--mode", "which file of several stays; list shows them and removes nothing", "list", "newest", "oldest");
    private readonly Option<string> _by = Flags.Choice("--by", "what makes files one too many: their name in a folder, or their content anywhere below PATH", "name", "content");
    private readonly Freshness _freshness;

    public DedupeVerb() : base("dedupe", "Find, and where told to remove, files of the same name or content.")
    {
        Details = "The service keeps several files of one name in a folder, and the same content as often as it was sent. Nothing is removed without --mode; asks first at a terminal.";
        Examples =
        [
            new("fichier dedupe 1f:photos", "show files that share a name"),
            new("fichier dedupe --mode newest 1f:photos", "keep the newest of each name"),
            new("fichier dedupe --by content --mode oldest --dry-run 1f:", "what would go of equal content"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        Options.Add(_mode);
        Options.Add(_by);
        _freshness = new Freshness(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = PathArguments.Account(Place.Parse(call.Get(_path)));
        if (call.Config.Crypts?.GetValueOrDefault(place.Account) is { } crypt)
            throw CliException.Usage($"'{place.Account}:' is an encrypted remote; what is there twice is told by the account.", $"Use: fichier dedupe {Escaping.Visible(crypt.Remote)}");

        using var session = _freshness.Open(call);
        var tree = await session.TreeAsync(place, cancellationToken);
        var entries = await EntriesAsync(call, tree, place, cancellationToken);
        var mode = Enum.Parse<DedupeMode>(call.Get(_mode)!, ignoreCase: true);
        var files = entries.Values.Select(f => f.Entry);
        var plan = call.Get(_by) == "name" ? DedupePlan.ByName(files, mode) : DedupePlan.ByContent(files, mode);
        Print(call, plan);
        var removed = plan.Removed.Select(f => entries[f.Link!.Value].Remote).ToList();
        if (removed.Count > 0 && !call.Globals.DryRun)
        {
            Confirmation.Require(call, $"Remove {removed.Count} files ({Units.Size(plan.Bytes)})?", always: false);
            await tree.RemoveFilesAsync(removed, cancellationToken);
        }

        foreach (var file in removed)
            Tell(call, "removed", file.Path.ToString(), link: file.File!.Link.Url);

        return ExitCodes.Done;
    }

    private static async Task<Dictionary<FileLink, (Entry Entry, RemoteEntry Remote)>> EntriesAsync(Call call, RemoteTree tree, RemotePlace place, CancellationToken cancellationToken)
    {
        var entries = new Dictionary<FileLink, (Entry, RemoteEntry)>();
        await foreach (var view in tree.WalkAsync(place.Path, Refresh.WhenOld, cancellationToken))
        {
            if (view.Stale || !view.Complete)
                throw new CliException(ExitCodes.Temporary, $"'{Escaping.Visible(view.Path.ToString())}' cannot be listed wholly now, so nothing is decided.", "Try again later.");

            foreach (var (entry, remote) in DedupePlan.FilesOf(view).Zip(view.All.Where(e => !e.IsFolder)))
                entries[remote.File!.Link] = (entry, remote);
        }

        call.Screen.Note($"Looked at {entries.Count} files.");
        return entries;
    }

    private static void Print(Call call, DedupePlan plan)
    {
        foreach (var group in plan.Groups)
        {
            foreach (var file in group.Files)
            {
                var fate = group.Kept is null ? "same" : ReferenceEquals(file, group.Kept) ? "keep" : "remove";
                if (call.Screen.Json)
                    call.Screen.Event(new DuplicateShape("duplicate", file.Path.ToString(), file.Size, file.Created, file.Link!.Value.Url, fate), JsonShapes.Default.DuplicateShape);
                else
                    call.Screen.Line($"{fate,-6} {file.Size,15} {file.Created:yyyy-MM-dd HH:mm:ss} {call.Screen.Shown(file.Path.ToString())}  {file.Link!.Value.Url}");
            }

            if (!call.Screen.Json)
                call.Screen.Line("");
        }
    }
}

internal sealed record DuplicateShape(string Type, string Path, long Size, DateTimeOffset? Uploaded, string Link, string Fate);

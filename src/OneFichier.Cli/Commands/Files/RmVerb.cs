using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class RmVerb : ChangeVerb
{
    private readonly Argument<string[]> _paths = PathArguments.ManyRemote();
    private readonly Option<bool> _all = Flags.Switch("--all", "every file of a name, not the newest alone");

    public RmVerb() : base("rm", "Remove files.")
    {
        Details = "Many files go in one request, from whatever folders. A folder is refused: see rmdir and purge.";
        Examples = [new("fichier rm 1f:a.txt 1f:docs/b.txt", "two files, one request"), new("fichier rm https://1fichier.com/?abcdefghij1234567890", "by link")];
        Exits = [ExitCodes.FileNotFound, ExitCodes.SomeFailed, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_paths);
        Options.Add(_all);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        var found = new List<(Place Place, RemoteEntry Entry)>();
        var failed = new List<Exception>();
        var places = call.Get(_paths).Select(Place.Parse).ToList();
        var encrypted = places.Where(session.IsEncrypted).ToList();
        await new EncryptedChanges(session).RemoveFilesAsync(encrypted, call.Globals.DryRun, cancellationToken);
        foreach (var place in encrypted)
            Tell(call, "removed", place.Text);

        foreach (var place in places.Except(encrypted))
        {
            try
            {
                found.AddRange((await FilesAsync(call, session, place, cancellationToken)).Select(e => (place, e)));
            }
            catch (FichierException e) when (places.Count > 1 && e is PathNotFoundException or FichierNotFoundException)
            {
                TellFailed(call, place.Text, e);
                failed.Add(e);
            }
        }

        foreach (var account in found.GroupBy(f => RemoteSession.AccountOf(f.Place)))
        {
            var tree = await session.TreeAsync(account.Key, cancellationToken);
            if (!call.Globals.DryRun)
                await tree.RemoveFilesAsync([.. account.Select(f => f.Entry)], cancellationToken);

            foreach (var (place, entry) in account)
                Tell(call, "removed", place.Text, link: entry.File!.Link.Url);
        }

        return Conclude(places.Count, failed);
    }

    private async Task<IReadOnlyList<RemoteEntry>> FilesAsync(Call call, RemoteSession session, Place place, CancellationToken cancellationToken)
    {
        if (place is not RemotePlace remote)
            return [await session.FindAsync(place, EntryKind.File, cancellationToken)];

        var tree = await session.TreeAsync(place, cancellationToken);
        var entries = await tree.FindAllAsync(remote.Path, Refresh.WhenOld, cancellationToken);
        var files = entries.Where(e => !e.IsFolder).ToList();
        if (remote.MeansFolder || (files.Count == 0 && entries.Count > 0))
            throw CliException.Usage($"'{Escaping.Visible(place.Text)}' is a folder.", "rmdir removes an empty one, purge one with all that is in it.");

        return files.Count == 0 ? throw new PathNotFoundException(remote.Path, EntryKind.File) : call.Get(_all) ? files : [files[0]];
    }
}

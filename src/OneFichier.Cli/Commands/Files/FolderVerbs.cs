using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class MkdirVerb : ChangeVerb
{
    private readonly Argument<string[]> _paths = PathArguments.ManyRemote();

    public MkdirVerb() : base("mkdir", "Make folders, with those above them.")
    {
        Details = "A folder that is there already is left as it is.";
        Examples = [new("fichier mkdir 1f:photos/2024/summer", "with all that is missing above it")];
        Exits = [ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_paths);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        RemotePlace[] places = [.. call.Get(_paths).Select(p => PathArguments.Account(Place.Parse(p)))];
        return await EachAsync(call, places, p => p.Text, async place =>
        {
            var spot = await session.OpenAsync(place, cancellationToken);
            if (!call.Globals.DryRun)
                await spot.Volume.MakeFolderAsync(spot.Path, cancellationToken);

            Tell(call, "made", place.Text);
        });
    }
}

internal sealed class RmdirVerb : ChangeVerb
{
    private readonly Argument<string[]> _paths = PathArguments.ManyRemote();

    public RmdirVerb() : base("rmdir", "Remove empty folders.")
    {
        Examples = [new("fichier rmdir 1f:photos/2024", "an empty folder; see purge for others")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.SomeFailed, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_paths);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        RemotePlace[] places = [.. call.Get(_paths).Select(p => PathArguments.Account(Place.Parse(p)))];
        return await EachAsync(call, places, p => p.Text, async place =>
        {
            var spot = await session.OpenAsync(place, cancellationToken);
            await spot.FindAsync(EntryKind.Folder, cancellationToken);
            if (!call.Globals.DryRun && (await spot.Volume.RemoveAsync([spot.Path], cancellationToken))[0].Error is { } error)
                throw error;

            Tell(call, "removed", place.Text);
        });
    }
}

internal sealed class PurgeVerb : ChangeVerb
{
    private readonly Argument<string> _path = PathArguments.OneRemote();

    public PurgeVerb() : base("purge", "Remove a folder with all that is in it.")
    {
        Details = "There is no way back. Asks first when a person sits at the terminal; --yes goes ahead. Ended half way, the same command does the rest.";
        Examples = [new("fichier purge 1f:old", "a folder"), new("fichier purge --dry-run 1f:old", "see first what would go")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var place = PathArguments.Account(Place.Parse(call.Get(_path)));
        using var session = new RemoteSession(call);
        if (call.Globals.DryRun)
        {
            var spot = await session.OpenAsync(place, cancellationToken);
            var folder = await spot.FindAsync(EntryKind.Folder, cancellationToken);
            await foreach (var file in Listing.FilesAsync(call, spot, folder, cancellationToken))
                Tell(call, "removed", spot.Shown(file.Path), link: file.Link?.Url);
        }
        else
        {
            Confirmation.Require(call, $"Remove '{Escaping.Visible(place.Text)}' with all that is in it?", place.Path.Path.IsRoot);
            if (session.IsEncrypted(place))
                await new EncryptedChanges(session).PurgeAsync(place, cancellationToken);
            else
                await (await session.TreeAsync(place, cancellationToken)).PurgeAsync(place.Path, cancellationToken);
        }

        Tell(call, "removed", place.Text);
        return ExitCodes.Done;
    }
}

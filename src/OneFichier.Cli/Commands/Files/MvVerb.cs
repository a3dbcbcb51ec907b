using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class MvVerb : ChangeVerb
{
    private readonly Argument<string[]> _paths = PathArguments.SourcesAndTarget("SRC… DST", "files and folders, and where they go: a folder, or a new name for a single one");
    private readonly ClashFlags _clash;

    public MvVerb() : base("mv", "Move or rename files and folders, on the service.")
    {
        Details = "Nothing is downloaded or sent again; links stay as they are. Many files go in one request.";
        Examples =
        [
            new("fichier mv 1f:a.txt 1f:b.txt 1f:docs", "into a folder"),
            new("fichier mv 1f:docs/a.txt 1f:docs/b.txt", "another name"),
            new("fichier mv 1f:photos 1f:archive/", "a folder with all that is in it"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_paths);
        _clash = new ClashFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        if (session.EncryptedPair(call.Get(_paths)) is var (sources, target))
        {
            foreach (var (source, to) in await new EncryptedChanges(session).MoveAsync(sources, target, (_clash.Replaces(call), call.Globals.DryRun), cancellationToken))
                Tell(call, "moved", source.Text, to);

            return ExitCodes.Done;
        }

        var work = await Relocation.ReadAsync(session, call.Get(_paths), cancellationToken);
        if (!call.Globals.DryRun)
            await MoveAsync(call, work, cancellationToken);

        foreach (var (place, entry) in work.Sources)
            Tell(call, "moved", place.Text, work.TextOf(entry));

        return ExitCodes.Done;
    }

    private async Task MoveAsync(Call call, Relocation work, CancellationToken cancellationToken)
    {
        var clash = _clash.Of(call);
        var entries = work.Sources.Select(s => s.Entry).ToList();
        var inOneRequest = work.Folder is null ? [] : entries.Where(e => !e.IsFolder).ToList();
        if (inOneRequest.Count > 0)
            await work.Tree.MoveFilesAsync(inOneRequest, work.Folder!.Value, clash, cancellationToken);

        foreach (var entry in entries.Except(inOneRequest))
            await work.Tree.MoveAsync(entry, work.DestinationOf(entry), clash, cancellationToken);
    }
}

internal sealed class RenameVerb : ChangeVerb
{
    private readonly Argument<string> _path = PathArguments.OneRemote();
    private readonly Argument<string> _name = new("NAME") { Description = "the new name, without a path" };
    private readonly ClashFlags _clash;

    public RenameVerb() : base("rename", "Give a file or folder another name, where it is.")
    {
        Examples = [new("fichier rename 1f:docs/a.txt b.txt", "a file"), new("fichier rename id:3357645 summer", "a folder by number")];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_path);
        Arguments.Add(_name);
        _clash = new ClashFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var (place, name) = (Place.Parse(call.Get(_path)), call.Get(_name));
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal))
            throw CliException.Usage($"'{Escaping.Visible(name)}' is no name.", "A name holds no slash; mv moves to another folder.");

        using var session = new RemoteSession(call);
        if (session.EncryptedPair([place.Text, place.Text[..(place.Text.TrimEnd('/').LastIndexOfAny(['/', ':']) + 1)] + name]) is var (sources, target))
        {
            await new EncryptedChanges(session).MoveAsync(sources, target, (_clash.Replaces(call), call.Globals.DryRun), cancellationToken);
            Tell(call, "renamed", place.Text, name);
            return ExitCodes.Done;
        }

        var tree = await session.TreeAsync(place, cancellationToken);
        if (place is RemotePlace { Path: { Path.IsRoot: true } numbered })
        {
            if (!call.Globals.DryRun)
                await tree.Client.Folders.RenameAsync(numbered.Start, name, cancellationToken);
        }
        else
        {
            var entry = await session.FindAsync(place, OneFichier.Drive.EntryKind.Any, cancellationToken);
            if (!call.Globals.DryRun)
                await tree.MoveAsync(entry, entry.Path.Parent.Combine(name), _clash.Of(call), cancellationToken);
        }

        Tell(call, "renamed", place.Text, name);
        return ExitCodes.Done;
    }
}

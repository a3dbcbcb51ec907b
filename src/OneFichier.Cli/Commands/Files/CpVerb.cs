using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

internal sealed class CpVerb : ChangeVerb
{
    private readonly Argument<string[]> _paths = PathArguments.SourcesAndTarget("SRC… DST", "files, folders and links, and where the copies go: a folder, or a name for a single one");
    private readonly Option<string> _password = Flags.Text("--password", "PASSWORD", "the password of the originals");
    private readonly ClashFlags _clash;

    public CpVerb() : base("cp", "Copy files and folders, on the service.")
    {
        Details = "Nothing is downloaded or sent again. A copy has a link of its own. Links of other people's files are copied into the account.";
        Examples =
        [
            new("fichier cp 1f:docs/a.txt 1f:backup/", "into a folder"),
            new("fichier cp 1f:photos 1f:backup/", "a folder with all that is in it"),
            new("fichier cp https://1fichier.com/?abcdefghij1234567890 1f:", "a file somebody shared"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_paths);
        Options.Add(_password);
        _clash = new ClashFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var session = new RemoteSession(call);
        if (session.EncryptedPair(call.Get(_paths)) is var (sources, target))
        {
            foreach (var (source, to) in await new EncryptedChanges(session).CopyAsync(sources, target, call.Globals.DryRun, cancellationToken))
                Tell(call, "copied", source.Text, to);

            return ExitCodes.Done;
        }

        var work = await Relocation.ReadAsync(session, call.Get(_paths), cancellationToken);
        if (!call.Globals.DryRun)
            await CopyAsync(call, work, cancellationToken);

        foreach (var (place, entry) in work.Sources)
            Tell(call, "copied", place.Text, work.TextOf(entry));

        return ExitCodes.Done;
    }

    private async Task CopyAsync(Call call, Relocation work, CancellationToken cancellationToken)
    {
        var clash = _clash.Of(call);
        var files = work.Sources.Where(s => !s.Entry.IsFolder).Select(s => (RemoteFile)s.Entry.File!).ToList();
        if (files.Count > 0)
        {
            var options = new FileCopyOptions { Password = call.Get(_password), Rename = work.Folder is null ? work.Target.Path.Path.Name : null };
            var made = await work.Tree.CopyFilesAsync(files, work.Folder ?? work.Target.Path.Parent, clash, options, cancellationToken);
            if (made.Count < files.Count)
                throw new FichierNotFoundException($"{files.Count - made.Count} of {files.Count} files were gone; the others are copied.");
        }

        foreach (var (_, folder) in work.Sources.Where(s => s.Entry.IsFolder))
            await work.Tree.CopyFolderAsync(folder.Path, work.DestinationOf(folder), clash, cancellationToken);
    }
}

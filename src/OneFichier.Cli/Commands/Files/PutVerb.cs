using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class PutVerb : TransferVerb
{
    private readonly Argument<string[]> _paths = PathArguments.SourcesAndTarget("LOCAL… DSTFOLDER", "local files and folders, and the remote folder they go into");
    private readonly Option<string> _password = Flags.Text("--password", "PASSWORD", "a password that downloads will ask for");

    public PutVerb() : base("put", "Send local files and folders, and prove that they arrived.")
    {
        Details =
            "A folder goes with its name, as with cp -r; missing target folders are made. Many files go in one request. A file that is there already with\n"
            + "the same content is left alone; another one of the name is removed once the new one is stored and proven.";
        Examples =
        [
            new("fichier put photos 1f:", "makes 1f:photos/…"),
            new("fichier put *.iso 1f:images", "files into a folder"),
            new("fichier put --json -P backup.tar work:backups", "progress and results for a program"),
        ];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key, ExitCodes.Integrity];
        Arguments.Add(_paths);
        Options.Add(_password);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var paths = call.Get(_paths);
        var target = PathArguments.Account(Place.Parse(paths[^1]));
        foreach (var path in paths[..^1].Where(p => Place.Parse(p) is not LocalPlace))
            throw CliException.Usage($"'{Escaping.Visible(path)}' is not local.", "mv and cp work on the service; rcat sends standard input; write ./name for a local name with a colon.");

        var (files, folders) = LocalSource.Collect(paths[..^1], call.Screen);
        using var session = new RemoteSession(call);
        var work = await WorkAsync(call, session, target, cancellationToken);
        var display = new TransferDisplay(call.Screen, call.Time) { Total = files.Sum(f => new FileInfo(f.FullPath).Length) };
        await display.RunAsync("put", async () =>
        {
            if (!call.Globals.DryRun)
                await work.MakeFoldersAsync(folders, cancellationToken);

            var options = new ParallelOptions { MaxDegreeOfParallelism = Transfers(call), CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(files.GroupBy(f => f.Folder), options, async (group, ct) => await work.SendAsync(group.Key, [.. group], display.For(group.Key), ct));
        });
        return work.Tally.Conclude(call, "Sent", files.Count + work.Unmade);
    }

    private async Task<PutWork> WorkAsync(Call call, RemoteSession session, RemotePlace target, CancellationToken cancellationToken)
    {
        if (!session.IsEncrypted(target))
            return new AccountPut(call, target, await session.VolumeAsync(target.Account, target.Path.Start, cancellationToken), call.Get(_password));

        if (call.Get(_password) is not null)
            throw CliException.Usage("--password: a file of an encrypted remote has no link to protect.", "Leave it out; what is stored there is encrypted already.");

        return new EncryptedPut(call, target, await session.OpenAsync(target, cancellationToken));
    }
}

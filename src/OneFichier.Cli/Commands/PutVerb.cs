using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Hashing;

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
        var tree = await session.TreeAsync(target, cancellationToken);
        var sending = new Sending(call, tree, target, new Tally()) { Password = call.Get(_password) };
        var display = new TransferDisplay(call.Screen, call.Time) { Total = files.Sum(f => new FileInfo(f.FullPath).Length) };
        await display.RunAsync("put", async () =>
        {
            foreach (var folder in folders.Where(_ => !call.Globals.DryRun))
                await tree.MakeFolderAsync(sending.PathOf(folder), cancellationToken);

            var options = new ParallelOptions { MaxDegreeOfParallelism = Transfers(call), CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(files.GroupBy(f => f.Folder), options, async (group, ct) => await sending.SendAsync(group.Key, [.. group], display.For(group.Key), ct));
        });
        return sending.Tally.Conclude(call, "Sent", files.Count);
    }

    private sealed class Sending(Call call, RemoteTree tree, RemotePlace target, Tally tally)
    {
        public Tally Tally => tally;

        public string? Password { get; init; }

        public RemotePath PathOf(string folder) => target.Path with { Path = target.Path.Path.Combine(VolumePath.Parse(folder)) };

        public async Task SendAsync(string folder, IReadOnlyList<LocalSource> files, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
        {
            var known = await KnownAsync(PathOf(folder), cancellationToken);
            var sent = new List<LocalSource>();
            foreach (var file in files)
            {
                if (await IsThereAsync(file, known[file.Name], cancellationToken))
                    tally.Unchanged();
                else if (call.Globals.DryRun)
                    Tell(call, "sent", file.FullPath, Shown(file));
                else
                    sent.Add(file);
            }

            if (sent.Count > 0)
                await UploadAsync(folder, sent, (progress, known), cancellationToken);
        }

        private string Shown(LocalSource file) => $"{target.Text.TrimEnd('/')}{(target.Text.EndsWith(':') ? "" : "/")}{file.Target}";

        private async Task<ILookup<string, RemoteEntry>> KnownAsync(RemotePath folder, CancellationToken cancellationToken)
        {
            try
            {
                return (await tree.ListAsync(folder, Refresh.WhenOld, cancellationToken)).All.Where(e => !e.IsFolder).ToLookup(e => e.Name);
            }
            catch (PathNotFoundException) when (call.Globals.DryRun)
            {
                return Array.Empty<RemoteEntry>().ToLookup(e => e.Name);
            }
        }

        private static async Task<bool> IsThereAsync(LocalSource file, IEnumerable<RemoteEntry> known, CancellationToken cancellationToken)
        {
            var newest = known.FirstOrDefault()?.File;
            if (newest is null || newest.Size != new FileInfo(file.FullPath).Length || newest.Checksum is null)
                return false;

            await using var content = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return await Whirlpool.HashDataAsync(content, cancellationToken) == newest.Checksum;
        }

        private async Task UploadAsync(
            string folder, IReadOnlyList<LocalSource> files, (IProgress<TransferEvent> Progress, ILookup<string, RemoteEntry> Known) with, CancellationToken cancellationToken)
        {
            var id = await tree.GetFolderAsync(PathOf(folder), Refresh.WhenOld, cancellationToken);
            var times = files.ToLookup(f => f.Name, f => new DateTimeOffset(File.GetLastWriteTimeUtc(f.FullPath)));
            var upload = new FolderUpload(id, [.. files.Select(f => UploadFile.FromDisk(f.FullPath))])
            {
                Settings = new UploadSettings { DownloadPassword = Password },
                Progress = with.Progress,
                ModTime = f => times[f.Name].Cast<DateTimeOffset?>().FirstOrDefault(),
            };
            var outcomes = await tree.UploadAsync(upload, cancellationToken);
            var replaced = files.Zip(outcomes).Where(o => o.Second is { Error: null, Stored: not null }).SelectMany(o => with.Known[o.First.Name]).ToList();
            if (replaced.Count > 0)
                await tree.RemoveFilesAsync(replaced, cancellationToken);

            foreach (var (file, outcome) in files.Zip(outcomes))
                Conclude(file, outcome);
        }

        private void Conclude(LocalSource file, UploadOutcome outcome)
        {
            if (outcome is { Error: { } error })
            {
                if (!ConcernsOne(error))
                    throw error;

                Fail(file, error);
                return;
            }

            tally.Done(outcome.File.Length);
            if (call.Screen.Json)
                call.Screen.Event(new TransferredEvent("sent", file.FullPath, Shown(file), outcome.Stored?.Link.Url, outcome.File.Length, outcome.Checksum?.ToString(), outcome.Proven), JsonShapes.Default.TransferredEvent);
            else
                Tell(call, "sent", file.FullPath, Shown(file));
        }

        private void Fail(LocalSource file, Exception error)
        {
            TellFailed(call, file.FullPath, error);
            tally.Fail(error);
        }
    }
}

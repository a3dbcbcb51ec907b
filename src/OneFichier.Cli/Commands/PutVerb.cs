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
        var target = Place.Parse(paths[^1]) as RemotePlace ?? throw CliException.Usage($"'{Escaping.Visible(paths[^1])}' is not a folder of an account.", "Name one: put photos 1f:backup");
        foreach (var path in paths[..^1].Where(p => Place.Parse(p) is not LocalPlace))
            throw CliException.Usage($"'{Escaping.Visible(path)}' is not local.", "mv and cp work on the service; rcat sends standard input; write ./name for a local name with a colon.");

        var (files, folders) = LocalSource.Collect(paths[..^1], call.Screen);
        var groups = files.GroupBy(f => f.Folder).ToList();
        using var session = new RemoteSession(call)
        {
            Volumes = new RemoteVolumeOptions { Sessions = groups.Count > 1 ? 1 : Transfers(call), DownloadPassword = call.Get(_password) },
        };
        var sending = new Sending(call, await session.OpenAsync(target, cancellationToken), new Tally());
        var display = new TransferDisplay(call.Screen, call.Time) { Total = files.Sum(f => new FileInfo(f.FullPath).Length) };
        await display.RunAsync("put", async () =>
        {
            foreach (var folder in folders.Where(_ => !call.Globals.DryRun))
                await sending.MakeFolderAsync(folder, cancellationToken);

            var options = new ParallelOptions { MaxDegreeOfParallelism = Transfers(call), CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(groups, options, async (group, ct) => await sending.SendAsync([.. group], display.For(group.Key), ct));
        });
        return sending.Tally.Conclude(call, "Sent", files.Count);
    }

    private sealed class Sending(Call call, Spot target, Tally tally)
    {
        public Tally Tally => tally;

        public Task MakeFolderAsync(string folder, CancellationToken cancellationToken) => target.Volume.MakeFolderAsync(PathOf(folder), cancellationToken);

        public async Task SendAsync(IReadOnlyList<LocalSource> files, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
        {
            var known = await KnownAsync(PathOf(files[0].Folder), cancellationToken);
            var sent = new List<LocalSource>();
            foreach (var file in files)
            {
                if (known.TryGetValue(file.Path.Name, out var there) && await IsThereAsync(file, there, cancellationToken))
                    tally.Unchanged();
                else if (call.Globals.DryRun)
                    Tell(call, "sent", file.FullPath, Shown(file));
                else
                    sent.Add(file);
            }

            if (sent.Count == 0)
                return;

            var results = await target.Volume.PutAsync([.. sent.Select(Source)], new PutOptions { Progress = progress }, cancellationToken);
            foreach (var (file, result) in sent.Zip(results))
                Conclude(file, result);
        }

        private VolumePath PathOf(string folder) => LocalSource.Below(target.Path, folder);

        private string Shown(LocalSource file) => $"{target.Place.Text.TrimEnd('/')}{(target.Place.Text.EndsWith(':') ? "" : "/")}{file.Target}";

        private NewFile Source(LocalSource file)
        {
            var content = UploadFile.FromDisk(file.FullPath);
            return new NewFile(PathOf(file.Folder).Combine(file.Path), content.Length, content.OpenAsync) { ModTime = new DateTimeOffset(File.GetLastWriteTimeUtc(file.FullPath)) };
        }

        private async Task<Dictionary<string, Entry>> KnownAsync(VolumePath folder, CancellationToken cancellationToken)
        {
            try
            {
                var contents = await target.Volume.ListAsync(folder, cancellationToken);
                return contents.Entries.Where(e => !e.IsFolder).ToDictionary(e => e.Name);
            }
            catch (PathNotFoundException) when (call.Globals.DryRun)
            {
                return [];
            }
        }

        /// <summary>By the content where its checksum is known, as everywhere on the service itself; else by size and time, as on an encrypted remote.</summary>
        private async Task<bool> IsThereAsync(LocalSource file, Entry known, CancellationToken cancellationToken)
        {
            var info = new FileInfo(file.FullPath);
            if (known.Size != info.Length)
                return false;

            if (known.Checksum is not { } checksum)
                return target.Volume.Traits.ModTimePrecision is { } precision && known.ModTime is { } time && (time - new DateTimeOffset(info.LastWriteTimeUtc)).Duration() <= precision;

            await using var content = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return await Whirlpool.HashDataAsync(content, cancellationToken) == checksum;
        }

        private void Conclude(LocalSource file, ItemResult result)
        {
            if (result.Error is { } error)
            {
                if (!ConcernsOne(error))
                    throw error;

                TellFailed(call, file.FullPath, error);
                tally.Fail(error);
                return;
            }

            var entry = result.Entry!;
            tally.Done(entry.Size);
            if (call.Screen.Json)
                call.Screen.Event(new TransferredEvent("sent", file.FullPath, Shown(file), entry.Link?.Url, entry.Size, entry.Checksum?.ToString(), Proven: true), JsonShapes.Default.TransferredEvent);
            else
                Tell(call, "sent", file.FullPath, Shown(file));
        }
    }
}

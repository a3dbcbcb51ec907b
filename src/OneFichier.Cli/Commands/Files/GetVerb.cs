using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Hashing;

namespace OneFichier.Cli.Commands;

internal sealed class GetVerb : TransferVerb
{
    private readonly Argument<string[]> _paths = PathArguments.SourcesAndTarget("PATH… LOCALDIR", "remote files, folders and links, and the local folder they go into");
    private readonly LinkFlags _link;

    public GetVerb() : base("get", "Fetch files and folders, and prove that they are right.")
    {
        Details =
            "A folder comes with its name. A download that was broken off goes on where it was; a file appears under its name only whole and proven by its\n"
            + "checksum. A local file with the same content is left alone.";
        Examples =
        [
            new("fichier get 1f:photos .", "makes ./photos/…"),
            new("fichier get https://1fichier.com/?abcdefghij1234567890 downloads", "what a link leads to"),
            new("fichier get https://1fichier.com/dir/AbCd1234 downloads", "a public share"),
        ];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key, ExitCodes.Integrity];
        Arguments.Add(_paths);
        _link = new LinkFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var paths = call.Get(_paths);
        var folder = Place.Parse(paths[^1]) as LocalPlace ?? throw CliException.Usage($"'{Escaping.Visible(paths[^1])}' is no local folder.", "get PATH… LOCALDIR; cat writes to standard output.");
        using var session = new RemoteSession(call) { Link = _link.Of(call) };
        var (items, folders, tally) = (new List<FetchItem>(), new List<string>(), new TransferTally());
        foreach (var place in paths[..^1].Select(Place.Parse))
        {
            try
            {
                var found = await FetchItem.OfAsync(call, session, place, cancellationToken);
                items.AddRange(found.Files);
                folders.AddRange(found.Folders);
            }
            catch (FichierException e) when (paths.Length > 2 && ConcernsOne(e))
            {
                TellFailed(call, place.Text, e);
                tally.Fail(e);
            }
        }

        var asked = items.Count + tally.Failed.Count;

        foreach (var made in folders.Where(_ => !call.Globals.DryRun))
            Directory.CreateDirectory(Path.Combine(folder.Text, made));

        var fetching = new Fetching(call, Path.GetFullPath(folder.Text), tally);
        var display = new TransferDisplay(call.Screen, call.Time) { Total = items.Sum(i => i.Entry.Size) };
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Transfers(call), CancellationToken = cancellationToken };
        await display.RunAsync("get", () => Parallel.ForEachAsync(items.GroupBy(i => i.LocalPath), parallel, async (samePlace, ct) =>
        {
            foreach (var item in samePlace)
                await fetching.FetchAsync(item, display.For(item.Path), ct);
        }));
        return tally.Conclude(call, "Fetched", asked);
    }

    private sealed class Fetching(Call call, string folder, TransferTally tally)
    {
        public async Task FetchAsync(FetchItem item, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
        {
            var path = Path.Combine(folder, item.LocalPath);
            try
            {
                if (await IsThereAsync(item.Entry, path, cancellationToken))
                    tally.Unchanged();
                else if (call.Globals.DryRun)
                    Tell(call, "fetched", item.Path, path);
                else
                    await DownloadAsync(item, path, progress, cancellationToken);
            }
            catch (Exception e) when (ConcernsOne(e))
            {
                TellFailed(call, item.Path, e);
                tally.Fail(e);
            }
        }

        private static async Task<bool> IsThereAsync(Entry source, string path, CancellationToken cancellationToken)
        {
            if (!File.Exists(path) || new FileInfo(path).Length != source.Size || source.Checksum is null)
                return false;

            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return await Whirlpool.HashDataAsync(content, cancellationToken) == source.Checksum;
        }

        private async Task DownloadAsync(FetchItem item, string path, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (item.Spot.Volume.Feature<IFileFetcher>() is { } fetcher)
                await fetcher.FetchAsync(item.Entry, path, new FetchOptions { Progress = progress }, cancellationToken);
            else
                await WriteAsync(item, path, progress, cancellationToken);

            if (item.Entry.ModTime is { } time)
                File.SetLastWriteTimeUtc(path, time.UtcDateTime);

            tally.Done(item.Entry.Size);
            if (call.Screen.Json)
                call.Screen.Event(new TransferredEvent("fetched", item.Path, path, item.Entry.Link?.Url, item.Entry.Size, item.Entry.Checksum?.ToString(), Proven: true), JsonShapes.Default.TransferredEvent);
            else
                Tell(call, "fetched", item.Path, path);
        }

        private static async Task WriteAsync(FetchItem item, string path, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
        {
            var disk = new LocalVolume(Path.GetDirectoryName(path)!);
            var file = new NewFile(LocalVolume.PathOf(Path.GetFileName(path)), item.Entry.Size, async ct => await item.Spot.Volume.OpenAsync(item.Entry.Path, default, ct)) { ModTime = item.Entry.ModTime };
            var results = await disk.PutAsync([file], new PutOptions { Progress = progress }, cancellationToken);
            if (results[0].Error is { } error)
                throw error;
        }
    }
}

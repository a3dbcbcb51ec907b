using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Hashing;

namespace OneFichier.Cli.Commands;

/// <summary>Local files on their way into a remote folder, one folder's at a time.</summary>
internal abstract class PutWork(Call call, RemotePlace target, TransferTally tally)
{
    private readonly Dictionary<string, Exception> _unmade = new(StringComparer.Ordinal);

    public TransferTally Tally => tally;

    /// <summary>How many folders could not be made.</summary>
    public int Unmade => _unmade.Count;

    protected Call Call => call;

    protected RemotePlace Target => target;

    /// <summary>Makes the folders; what lies in one that cannot be made fails, and nothing else.</summary>
    public async Task MakeFoldersAsync(IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        foreach (var folder in folders)
        {
            try
            {
                await MakeFolderAsync(folder, cancellationToken);
            }
            catch (Exception e) when (folder.Length > 0 && ChangeVerb.ConcernsOne(e))
            {
                Failed(folder, e);
                _unmade[folder] = e;
            }
        }
    }

    /// <summary>Sends what is not there yet.</summary>
    public async Task SendAsync(string folder, IReadOnlyList<LocalSource> files, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        if (_unmade.TryGetValue(folder, out var reason))
        {
            files.ToList().ForEach(f => Failed(f.FullPath, reason));
            return;
        }

        var isThere = await KnownAsync(folder, cancellationToken);
        var sent = new List<LocalSource>();
        foreach (var file in files)
        {
            if (await isThere(file))
                tally.Unchanged();
            else if (call.Globals.DryRun)
                ChangeVerb.Tell(call, "sent", file.FullPath, Shown(file));
            else
                sent.Add(file);
        }

        if (sent.Count > 0)
            await UploadAsync(folder, sent, progress, cancellationToken);
    }

    protected abstract Task MakeFolderAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Looks into a folder.</summary>
    /// <returns>Tells whether a file is there already, with the same content.</returns>
    protected abstract Task<Func<LocalSource, ValueTask<bool>>> KnownAsync(string folder, CancellationToken cancellationToken);

    protected abstract Task UploadAsync(string folder, IReadOnlyList<LocalSource> files, IProgress<TransferEvent> progress, CancellationToken cancellationToken);

    protected static DateTimeOffset TimeOf(LocalSource file) => new(File.GetLastWriteTimeUtc(file.FullPath));

    protected static FileStream Open(LocalSource file) => new(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    protected static async ValueTask<WhirlpoolHash> HashAsync(LocalSource file, CancellationToken cancellationToken)
    {
        await using var content = Open(file);
        return await Whirlpool.HashDataAsync(content, cancellationToken);
    }

    /// <summary>Tells of a file that arrived.</summary>
    protected void Done(LocalSource file, long length, (FileLink? Link, WhirlpoolHash? Checksum, bool Proven) stored)
    {
        tally.Done(length);
        if (call.Screen.Json)
            call.Screen.Event(new TransferredEvent("sent", file.FullPath, Shown(file), stored.Link?.Url, length, stored.Checksum?.ToString(), stored.Proven), JsonShapes.Default.TransferredEvent);
        else
            ChangeVerb.Tell(call, "sent", file.FullPath, Shown(file));
    }

    /// <summary>Tells of a file or folder that failed, or gives up where all others would fail as well.</summary>
    protected void Failed(string path, Exception error)
    {
        if (!ChangeVerb.ConcernsOne(error))
            throw error;

        ChangeVerb.TellFailed(call, path, error);
        tally.Fail(error);
    }

    private string Shown(LocalSource file) => $"{target.Text.TrimEnd('/')}{(target.Text.EndsWith(':') ? "" : "/")}{file.Target}";
}

/// <summary>Into a folder of an account.</summary>
internal sealed class AccountPut(Call call, RemotePlace target, RemoteVolume volume, string? password) : PutWork(call, target, new TransferTally())
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, ILookup<string, RemoteEntry>> _known = new(StringComparer.Ordinal);

    protected override Task MakeFolderAsync(string folder, CancellationToken cancellationToken) => volume.Tree.MakeFolderAsync(PathOf(folder), cancellationToken);

    protected override async Task<Func<LocalSource, ValueTask<bool>>> KnownAsync(string folder, CancellationToken cancellationToken)
    {
        var known = _known[folder] = await ListAsync(PathOf(folder), cancellationToken);
        return async file => known[file.Name].FirstOrDefault()?.File is { Checksum: { } checksum } newest
            && newest.Size == new FileInfo(file.FullPath).Length
            && await HashAsync(file, cancellationToken) == checksum;
    }

    protected override async Task UploadAsync(string folder, IReadOnlyList<LocalSource> files, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        var id = await volume.Tree.GetFolderAsync(PathOf(folder), Refresh.WhenOld, cancellationToken);
        var upload = new FolderUpload(id, [.. files.Select(f => UploadFile.FromDisk(f.FullPath))]) { Settings = new UploadSettings { DownloadPassword = password }, Progress = progress };
        var facts = files.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => new SentFile(TimeOf(f), [.. _known[folder][f.Name]]));
        foreach (var (file, outcome) in files.Zip(await volume.SendAsync(upload, facts, cancellationToken)))
        {
            if (outcome.Error is { } error)
                Failed(file.FullPath, error);
            else
                Done(file, outcome.File.Length, (outcome.Stored?.Link, outcome.Checksum, outcome.Proven));
        }
    }

    private RemotePath PathOf(string folder) => Target.Path with { Path = Target.Path.Path.Combine(VolumePath.Parse(folder)) };

    private async Task<ILookup<string, RemoteEntry>> ListAsync(RemotePath folder, CancellationToken cancellationToken)
    {
        try
        {
            return (await volume.Tree.ListAsync(folder, Refresh.WhenOld, cancellationToken)).All.Where(e => !e.IsFolder).ToLookup(e => e.Name);
        }
        catch (PathNotFoundException) when (Call.Globals.DryRun)
        {
            return Array.Empty<RemoteEntry>().ToLookup(e => e.Name);
        }
    }
}

/// <summary>Into a folder of an encrypted remote, whose files show neither checksum nor link: one of the same size and time is the same.</summary>
internal sealed class EncryptedPut(Call call, RemotePlace target, Spot spot) : PutWork(call, target, new TransferTally())
{
    protected override Task MakeFolderAsync(string folder, CancellationToken cancellationToken) => spot.Volume.MakeFolderAsync(PathOf(folder), cancellationToken);

    protected override async Task<Func<LocalSource, ValueTask<bool>>> KnownAsync(string folder, CancellationToken cancellationToken)
    {
        var known = await ListAsync(PathOf(folder), cancellationToken);
        return file => ValueTask.FromResult(known.TryGetValue(file.Name, out var entry)
            && entry.Size == new FileInfo(file.FullPath).Length
            && entry.ModTime is { } time
            && (time - TimeOf(file)).Duration() <= spot.Volume.Traits.ModTimePrecision);
    }

    protected override async Task UploadAsync(string folder, IReadOnlyList<LocalSource> files, IProgress<TransferEvent> progress, CancellationToken cancellationToken)
    {
        NewFile[] sent = [.. files.Select(f => new NewFile(PathOf(f.Target), new FileInfo(f.FullPath).Length, _ => ValueTask.FromResult<Stream>(Open(f))) { ModTime = TimeOf(f) })];
        var results = await spot.Volume.PutAsync(sent, new PutOptions { Progress = progress }, cancellationToken);
        foreach (var (file, (item, result)) in files.Zip(sent.Zip(results)))
        {
            if (result.Error is { } error)
                Failed(file.FullPath, error);
            else
                Done(file, item.Length, (null, null, Proven: true));
        }
    }

    private VolumePath PathOf(string below) => below.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(spot.Path, (path, name) => path.Combine(LocalVolume.PathOf(name)));

    private async Task<Dictionary<string, Entry>> ListAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        try
        {
            return (await spot.Volume.ListAsync(folder, cancellationToken)).Entries.Where(e => !e.IsFolder).ToDictionary(e => e.Path.Name, StringComparer.Ordinal);
        }
        catch (PathNotFoundException) when (Call.Globals.DryRun)
        {
            return [];
        }
    }
}

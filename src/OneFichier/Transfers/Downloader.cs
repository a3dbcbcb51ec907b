using OneFichier.Hashing;

namespace OneFichier.Transfers;

/// <summary>Fetches one file into a part file over several connections, resumes what was there, proves the whole and gives it its name.</summary>
internal sealed class Downloader(DownloadClient downloads, FichierOptions options, SemaphoreSlim connections)
{
    private const long SmallestChunk = 4 << 20;
    private const long LargestChunk = 64 << 20;

    public async Task<DownloadOutcome> FetchAsync(
        DownloadSource source, string target, DownloadOptions how, Action<TransferEvent> report, CancellationToken cancellationToken)
    {
        if (Directory.Exists(target) || (!how.Overwrite && File.Exists(target)))
        {
            throw new IOException($"'{target}' exists already.");
        }

        var name = Path.GetFileName(target);
        var part = PartFile.Open(how.PartPath is { } path ? Path.GetFullPath(path) : target + ".part", target, source, ChunkSize(source.Size, how));
        try
        {
            var resumed = part.ArrivedInAll();
            var hash = await WholeAsync(part, source, name, how, report, cancellationToken).ConfigureAwait(false);
            if (source.Checksum is { } stated && hash != stated)
            {
                report(new TransferNotice($"'{name}' arrived with another checksum than the service states; fetching it again."));
                part.Forget();
                hash = await WholeAsync(part, source, name, how, report, cancellationToken).ConfigureAwait(false);
            }

            return Proven(part, source, target, hash, how) with { Resumed = resumed };
        }
        finally
        {
            part.Dispose();
        }
    }

    private static DownloadOutcome Proven(PartFile part, DownloadSource source, string target, WhirlpoolHash hash, DownloadOptions how)
    {
        if (source.Checksum is { } stated && hash != stated)
        {
            part.Forget();
            throw new FichierIntegrityException($"'{Path.GetFileName(target)}' arrived twice with another checksum than the service states; nothing was kept.")
            {
                Remedy = "Try again later. If it stays so, the network or the memory of this machine is at fault, or the file is damaged at the service.",
            };
        }

        part.Finish(target, how.Overwrite);
        return new DownloadOutcome(target, source.Size, hash) { Proven = source.Checksum is not null };
    }

    private async Task<WhirlpoolHash> WholeAsync(
        PartFile part, DownloadSource source, string name, DownloadOptions how, Action<TransferEvent> report, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var links = new LinkKeeper(downloads, source.Link, how.Link, options.Time);
        var run = new DownloadRun(part, links, downloads, connections, options)
        {
            Report = done => report(new TransferAdvanced(name, done, source.Size)),
            Throttle = how.Throttle,
        };
        var follower = FollowAsync(run, part, stop.Token);
        try
        {
            await run.FetchAsync(source.Size < how.SegmentedFrom ? 1 : how.Segments, stop.Token).ConfigureAwait(false);
            return await follower.ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await follower.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Hashes what has arrived without a gap, right behind the connections, while it is still in the page cache.</summary>
    private static async Task<WhirlpoolHash> FollowAsync(DownloadRun run, PartFile part, CancellationToken cancellationToken)
    {
        using var hash = new Whirlpool();
        var buffer = new byte[256 * 1024];
        for (long at = 0; at < part.Size;)
        {
            var front = await run.FrontBeyondAsync(at, cancellationToken).ConfigureAwait(false);
            while (at < front)
            {
                var read = await part.ReadAsync(at, buffer.AsMemory(0, (int)Math.Min(buffer.Length, front - at)), cancellationToken).ConfigureAwait(false);
                hash.AppendData(buffer.AsSpan(0, read > 0 ? read : throw new IOException($"'{part.Path}' became shorter while it was being written.")));
                at += read;
            }
        }

        return hash.GetHashAndReset();
    }

    private static long ChunkSize(long size, DownloadOptions how) =>
        size < how.SegmentedFrom ? Math.Max(1, size) : Math.Clamp(size / (Math.Max(1, how.Segments) * 8), SmallestChunk, LargestChunk);
}

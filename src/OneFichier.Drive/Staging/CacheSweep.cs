namespace OneFichier.Drive.Staging;

/// <summary>Keeps the cache to its size. What was written since is counted here, what others wrote is seen when the folder is looked through, every now and then.</summary>
internal sealed class CacheSweep(string folder, long? maxBytes, TimeProvider time)
{
    private const long DefaultMost = 10L << 30;
    private const int Share = 4;
    private const int Looks = 20;
    private const int EdgesStay = 8;

    private readonly Lock _gate = new();
    private long? _limit = maxBytes;
    private long _written = long.MaxValue / 2;

    /// <summary>Told of what was written; now and then looks through the folder and removes what was not used for longest.</summary>
    public void Wrote(long bytes)
    {
        lock (_gate)
        {
            _written += bytes;
            if (_written < Limit() / Looks)
                return;
            _written = 0;
            Sweep(Limit() - (Limit() / Looks));
        }
    }

    private long Limit() => _limit ??= Math.Min(DefaultMost, (Room() + Files().Sum(f => f.Length)) / Share);

    private long Room()
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return DefaultMost * Share;
        }
    }

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(folder).EnumerateFiles("*.*", SearchOption.AllDirectories);

    private void Sweep(long target)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var files = Files().Select(f => (File: f, Bytes: BytesIn(f))).ToList();
        var total = files.Sum(f => f.Bytes);
        foreach (var (file, bytes) in files.OrderByDescending(f => Age(f.File, now)))
        {
            if (total <= target)
                return;
            if (TryRemove(file))
                total -= bytes;
        }
    }

    /// <summary>Beginnings and ends of long files grow old slowly.</summary>
    private static TimeSpan Age(FileInfo file, DateTime now) =>
        (now - file.LastWriteTimeUtc) / (file.Extension is "." + BlockPlace.Head or "." + BlockPlace.Tail ? EdgesStay : 1);

    private static long BytesIn(FileInfo file)
    {
        try
        {
            return CacheSegment.BytesIn(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static bool TryRemove(FileInfo file)
    {
        try
        {
            file.Delete();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Staging;

/// <summary>
/// Blocks of files on this machine's disk, so that what was read once is not fetched again: not by another program, nor after a restart. Its format is described in docs/spec/block-cache.md.
/// </summary>
/// <remarks>
/// <para>Each block is checked whenever it is read; a damaged one counts as missing. Whatever the disk does to the cache, the worst is that it does not help.</para>
/// <para>What is in it is readable to whoever can read the folder. A cache around a volume that encrypts holds plain content.</para>
/// </remarks>
public sealed class BlockCache : IDisposable
{
    private static readonly TimeSpan RestAfterRefusal = TimeSpan.FromMinutes(1);

    private readonly BlockCacheOptions _options;
    private readonly CacheSegments _segments;
    private readonly CacheSweep _sweep;
    private long _restUntil;

    /// <summary>Uses a cache, together with whoever else does.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public BlockCache(BlockCacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBytes ?? 1, 0, nameof(options));
        _options = options;
        Make(options.Folder);
        _segments = new CacheSegments(options.Folder, options.Time);
        _sweep = new CacheSweep(options.Folder, options.MaxBytes, options.Time);
    }

    /// <summary>Whether blocks are stored in these days: not for a while after the disk refused one.</summary>
    internal bool IsStoring => _options.Time.GetTimestamp() >= Interlocked.Read(ref _restUntil) && _options.MaxBytes != 0;

    internal TimeProvider Time => _options.Time;

    /// <inheritdoc/>
    public void Dispose() => _segments.Dispose();

    /// <summary>Reads blocks that follow each other.</summary>
    /// <returns>How many bytes of them there are from the first on: whole blocks only.</returns>
    internal int Read(ContentKey key, long block, Span<byte> bytes)
    {
        var place = BlockPlace.Of(key.Size, block);
        bytes = bytes[..(int)Math.Min(bytes.Length, Math.Min((long)(place.After + 1) * BlockPlace.Size, key.Size - (block * BlockPlace.Size)))];
        try
        {
            using var use = _segments.Use(key, place.Segment, make: false);
            if (use is null)
                return 0;
            var (read, damaged) = use.Segment.Read(place.Slot, bytes);
            if (damaged)
            {
                _options.Logger?.LogWarning("A block of the cache was damaged; it is fetched again.");
                use.Segment.Forget(place.Slot + (read / BlockPlace.Size));
            }

            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    internal bool Has(ContentKey key, long block)
    {
        var place = BlockPlace.Of(key.Size, block);
        try
        {
            using var use = _segments.Use(key, place.Segment, make: false);
            return use?.Segment.Has(place.Slot) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Stores a block if the disk lets it.</summary>
    internal void Store(ContentKey key, long block, ReadOnlySpan<byte> bytes)
    {
        if (!IsStoring)
            return;
        var place = BlockPlace.Of(key.Size, block);
        try
        {
            using (var use = _segments.Use(key, place.Segment, make: true))
                use!.Segment.Write(place.Slot, bytes, Time.GetUtcNow());
            _sweep.Wrote(bytes.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Exchange(ref _restUntil, Time.GetTimestamp() + (long)(RestAfterRefusal.TotalSeconds * Time.TimestampFrequency));
            _options.Logger?.LogWarning("Nothing is put into the cache for a while: {Reason}", e.Message);
        }
    }

    private static void Make(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}

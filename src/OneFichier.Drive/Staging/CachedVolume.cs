namespace OneFichier.Drive.Staging;

/// <summary>
/// A coat that reads files through a <see cref="BlockCache"/>, and ahead of whoever reads in order. What is in the cache is read without asking anybody for it; what is not is fetched once,
/// however many want it.
/// </summary>
/// <remarks>A file that has neither a checksum nor an id cannot be told from what takes its place; it is read past the cache.</remarks>
/// <param name="inner">Where files come from.</param>
/// <param name="cache">The cache, which stays the caller's.</param>
/// <param name="options">How; default all defaults.</param>
public sealed class CachedVolume(IVolume inner, BlockCache cache, CachedVolumeOptions? options = null) : VolumeDecorator(inner), IRandomReads
{
    private const int Most = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ContentKey, CachedFile> _files = [];
    private readonly RecentBlocks _recent = new();
    private readonly CachedVolumeOptions _options = options ?? new CachedVolumeOptions();
    private readonly BlockCache _cache = cache ?? throw new ArgumentNullException(nameof(cache));

    /// <inheritdoc/>
    public override async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = await Inner.FindAsync(file, cancellationToken);
        if (entry is not { IsFolder: false })
            throw new PathNotFoundException(file, EntryKind.File);
        var length = range.LengthIn(entry.Size);
        return length == 0 ? new MemoryStream([], writable: false)
            : ContentKey.Of(entry) is { } key ? new CachedStream(FileOf(key), entry, range.Offset, length)
            : await Inner.OpenAsync(file, range, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ReadAsync(Entry file, Memory<byte> buffer, long offset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        _ = new ByteRange(offset, buffer.Length).LengthIn(file.Size);
        if (ContentKey.Of(file) is { } key)
        {
            await FileOf(key).ReadAsync(file, buffer, offset, file.Size, cancellationToken);
            return;
        }

        await using var stream = await Inner.OpenAsync(file.Path, new ByteRange(offset, buffer.Length), cancellationToken);
        await stream.ReadExactlyAsync(buffer, cancellationToken);
    }

    /// <summary>What is known about reading a content; of many, those that nobody fetches are forgotten.</summary>
    private CachedFile FileOf(ContentKey key)
    {
        lock (_gate)
        {
            if (_files.TryGetValue(key, out var known))
                return known;
            if (_files.Count >= Most)
            {
                foreach (var idle in _files.Where(f => !f.Value.IsBusy).Select(f => f.Key).ToList())
                    _files.Remove(idle);
            }

            return _files[key] = new CachedFile(Inner, _cache, _recent, key, _options);
        }
    }
}

namespace OneFichier.Drive.Staging;

/// <summary>How files are read through a cache. Immutable: change a copy by <c>with</c>.</summary>
public sealed record CachedVolumeOptions
{
    /// <summary>How long a reader waits for bytes that are not in the cache before it is told that they cannot be had now; default 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far reading ahead goes at most, once a file has been read in order for a while; default 16 MiB.</summary>
    public long ReadAhead { get; init; } = 16L << 20;
}

namespace OneFichier;

/// <summary>A file to fetch. What is known of it beforehand saves a request; what is not known cannot be proven.</summary>
/// <param name="Link">Its page link.</param>
/// <param name="Size">Bytes, as the service states them.</param>
/// <param name="Checksum">Whirlpool, as the service states it.</param>
public sealed record DownloadSource(FileLink Link, long Size, WhirlpoolHash? Checksum)
{
    /// <summary>The file as a listing shows it.</summary>
    public static DownloadSource Of(RemoteFile file) => new(file.Link, file.Size, file.Checksum);
}

/// <summary>How a download goes about it.</summary>
public sealed record DownloadOptions
{
    /// <summary>Connections for one file; default 3. All downloads of a client together stay under the 30 the service allows an account. Fewer are used where more are refused.</summary>
    public int Segments { get; init; } = 3;

    /// <summary>A file smaller than this is fetched over one connection; default 16 MiB.</summary>
    public long SegmentedFrom { get; init; } = 16 << 20;

    /// <summary>How direct links are asked for.</summary>
    public DirectLinkOptions Link { get; init; } = new();

    /// <summary>Whether a file at the target may be replaced; default yes. It is replaced only when the new one is whole and proven.</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>Where the bytes gather until the file is whole; on the disk of the target. Default is the target's path with <c>.part</c> behind it.</summary>
    public string? PartPath { get; init; }

    /// <summary>
    /// Awaited with the number of bytes that have just arrived on one of the connections, which takes the next bytes when it returns: to hold downloads back to a rate. Waiting here does not count as
    /// standing still. It is called on several threads at once.
    /// </summary>
    public Func<int, CancellationToken, ValueTask>? Throttle { get; init; }
}

/// <summary>What became of a download.</summary>
/// <param name="Path">Where the file is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Checksum">Whirlpool of what was written.</param>
public sealed record DownloadOutcome(string Path, long Size, WhirlpoolHash Checksum)
{
    /// <summary>Whether the checksum was compared with the service's and is equal; false only when the service states none.</summary>
    public bool Proven { get; init; }

    /// <summary>Bytes that an earlier, broken run had brought already.</summary>
    public long Resumed { get; init; }
}

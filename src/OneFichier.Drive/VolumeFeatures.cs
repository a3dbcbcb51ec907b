namespace OneFichier.Drive;

/// <summary>Copies that move no bytes through this machine.</summary>
public interface IServerSideCopy
{
    /// <summary>Whether the content of an entry, of this volume or of another, can be copied here without being read.</summary>
    bool CanCopy(Entry entry);

    /// <summary>
    /// Copies files, whose entries may come from this volume or from another for which <see cref="CanCopy"/> held, making missing folders; a file that is there is replaced as by a put.
    /// </summary>
    /// <returns>One result for each copy, in their order.</returns>
    Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default);
}

/// <summary>A memory of what content is stored, whatever its name.</summary>
public interface IStoredContent
{
    /// <summary>Files known to have that size, at most a few; costs no request.</summary>
    /// <remarks>The paths in the entries may be unknown (the root); their links and checksums are what counts.</remarks>
    IReadOnlyList<Entry> OfSize(long size);

    /// <summary>Of those sizes, the ones of which a file is stored; costs no request.</summary>
    IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes);
}

/// <summary>Checksums of contents that have to be read for it.</summary>
public interface IContentHasher
{
    /// <summary>The Whirlpool checksum of a file; remembered while the file does not change.</summary>
    /// <param name="file">The file, as it was listed.</param>
    /// <param name="bytesRead">Told how many of its bytes have been read so far.</param>
    /// <param name="cancellationToken">Ends the call between two reads.</param>
    /// <exception cref="PathNotFoundException">There is no such file.</exception>
    /// <exception cref="FichierSourceException">It has changed since it was listed, or while it was read.</exception>
    Task<WhirlpoolHash> HashAsync(Entry file, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default);
}

/// <summary>Modification times that can be changed without writing the content again.</summary>
public interface IFileTimes
{
    /// <summary>Sets the modification times of files.</summary>
    /// <returns>One result for each, in their order.</returns>
    Task<IReadOnlyList<ItemResult>> SetTimesAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> times, CancellationToken cancellationToken = default);
}

/// <summary>Fetches whole files to the disk, resumed after any kind of end and proven by checksum.</summary>
public interface IFileFetcher
{
    /// <summary>
    /// Fetches a file. Bytes gather beside the target and a later call for the same content continues; the file appears under its name only whole and proven.
    /// </summary>
    Task FetchAsync(Entry file, string localPath, FetchOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>How a file is fetched.</summary>
public sealed record FetchOptions
{
    /// <summary>Told what happens; the bytes done include those an earlier, broken fetch brought.</summary>
    public IProgress<TransferEvent>? Progress { get; init; }

    /// <summary>As <see cref="DownloadOptions.PartPath"/>.</summary>
    public string? PartPath { get; init; }

    /// <summary>As <see cref="DownloadOptions.Throttle"/>: MUST be awaited with the number of bytes that came, after every read from the network.</summary>
    public Func<int, CancellationToken, ValueTask>? Throttle { get; init; }
}

/// <summary>A volume whose files lie on this machine's disk.</summary>
public interface IOnDisk
{
    /// <summary>Where a file or folder of the volume lies on the disk; it need not be there.</summary>
    string DiskPath(VolumePath path);

    /// <summary>Where on the disk the bytes of a file gather that is being fetched: always the same place in the file's folder, under a name the volume never shows.</summary>
    string PartPath(VolumePath file);
}

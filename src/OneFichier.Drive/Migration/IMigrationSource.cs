namespace OneFichier.Drive.Migration;

/// <summary>Somewhere files come from.</summary>
public interface IMigrationSource
{
    /// <summary>As the user wrote it; whoever opens the same words elsewhere gets the same source.</summary>
    string Name { get; }

    /// <summary>Whether a page link of a file of this source belongs to the account itself or to another, so that the service may refuse to copy it.</summary>
    bool Foreign { get; }

    /// <summary>Every file. What cannot be listed is told as a file with a <see cref="SourceFile.Problem"/>, so that it is never taken for absent.</summary>
    IAsyncEnumerable<SourceFile> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Opens the content of a file that was listed; may be called again and MUST then give the same bytes, or throw.</summary>
    Task<Stream> OpenAsync(MigrationItem item, CancellationToken cancellationToken = default);

    /// <summary>The checksum of a file, read for it where it is not known; <see langword="null"/> where reading it costs as much as carrying it.</summary>
    Task<WhirlpoolHash?> HashAsync(MigrationItem item, CancellationToken cancellationToken = default);

    /// <summary>An address from which the service can fetch a file by itself; <see langword="null"/> where there is none.</summary>
    Task<Uri?> AddressAsync(MigrationItem item, CancellationToken cancellationToken = default);
}

/// <summary>A file as its source lists it.</summary>
/// <param name="Origin">What the source calls it.</param>
/// <param name="Path">Where it goes below the target.</param>
public sealed record SourceFile(string Origin, VolumePath Path)
{
    /// <summary>Bytes, where they are known.</summary>
    public long? Size { get; init; }

    /// <summary>The Whirlpool checksum, where it is known.</summary>
    public WhirlpoolHash? Checksum { get; init; }

    /// <summary>Another checksum, as <c>md5:…</c>.</summary>
    public string? OtherSum { get; init; }

    /// <summary>When the content was last changed.</summary>
    public DateTimeOffset? ModTime { get; init; }

    /// <summary>The page link, where it lies on the service.</summary>
    public FileLink? Link { get; init; }

    /// <summary>Its name there, where that is another than it is to get.</summary>
    public string? LinkName { get; init; }

    /// <summary>Whether the service can be asked to fetch it.</summary>
    public bool Fetchable { get; init; }

    /// <summary>Why it cannot go.</summary>
    public string? Problem { get; init; }
}

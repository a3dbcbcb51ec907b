namespace OneFichier.Drive;

/// <summary>A file or folder of a volume, as it was when last looked at.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
public sealed record Entry(VolumePath Path, bool IsFolder)
{
    /// <summary>Bytes of a file; zero for a folder.</summary>
    public long Size { get; init; }

    /// <summary>When the content was last changed; <see langword="null"/> when the volume does not know.</summary>
    public DateTimeOffset? ModTime { get; init; }

    /// <summary>When it came to be here; <see langword="null"/> when the volume does not know.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The content's checksum, where the volume knows it without reading the content.</summary>
    public WhirlpoolHash? Checksum { get; init; }

    /// <summary>The file's page link, where the content lies on the service as it is seen here.</summary>
    public FileLink? Link { get; init; }

    /// <summary>The media type, where the volume knows it.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// Something that tells this very entry from a later one at the same path, as the service's link or number, or a disk's inode; <see langword="null"/> where there is nothing of the kind.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The last name of the path.</summary>
    public string Name => Path.Name;
}

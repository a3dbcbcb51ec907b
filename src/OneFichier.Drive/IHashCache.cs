namespace OneFichier.Drive;

/// <summary>A file of the disk as it was when it was hashed: when one of these differs, its checksum has to be computed anew.</summary>
/// <param name="Path">The full path on the disk.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModTicks">When the content was last changed, in ticks of UTC.</param>
/// <param name="Inode">Which file it is, where the system tells.</param>
public sealed record HashedFile(string Path, long Size, long ModTicks, string? Inode);

/// <summary>A memory of the checksums of files on the disk. Any number of threads may use it at once; it never fails, at worst it remembers nothing.</summary>
public interface IHashCache
{
    /// <summary>The checksum of a file that has not changed since; <see langword="null"/> when it is not known.</summary>
    WhirlpoolHash? Find(HashedFile file);

    /// <summary>Remembers a checksum in the place of any other of that path.</summary>
    void Remember(HashedFile file, WhirlpoolHash checksum);
}

using System.Diagnostics.CodeAnalysis;

namespace OneFichier.Drive;

/// <summary>A file as a listing store remembers it: what the service told, and what it cannot tell. One that stands for an empty file (<see cref="EmptyFile"/>) is empty here.</summary>
public sealed record ListedFile : RemoteFile
{
    /// <summary>Takes over what a listing told.</summary>
    [SetsRequiredMembers]
    public ListedFile(RemoteFile file) : base(EmptyFile.Shown(file)) { }

    /// <summary>Bytes as the service stores them, which for an empty file are those of the marker.</summary>
    public long StoredSize => Size == 0 ? EmptyFile.Marker.Length : Size;

    /// <summary>The checksum of what the service stores, which for an empty file is that of the marker.</summary>
    public WhirlpoolHash? StoredChecksum => Size == 0 ? EmptyFile.MarkerChecksum : Checksum;

    /// <summary>When the content was last changed before it was sent; the service keeps no such time, so it is remembered here alone.</summary>
    public DateTimeOffset? ModTime { get; init; }

    /// <summary>The newest first; of two from the same second the order is arbitrary, but always the same.</summary>
    internal static IOrderedEnumerable<ListedFile> NewestFirst(IEnumerable<ListedFile> files) =>
        files.OrderByDescending(f => f.Uploaded).ThenByDescending(f => f.Link.Id, StringComparer.Ordinal);
}

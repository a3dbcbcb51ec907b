using System.Text;

namespace OneFichier.Drive;

/// <summary>
/// The service refuses empty files (1fichier-api §2), so a small fixed content is stored in the place of one. It is recognised by its size and checksum alone, whatever its name, and
/// shown as what it stands for: no bytes, with the checksum of nothing (docs/spec/remote-rules.md).
/// </summary>
public static class EmptyFile
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("This file stands for an empty one. 0b6f6a52-7c1e-4d39-9e2b-5d3f8a41c7e6\n");

    /// <summary>The bytes that are stored.</summary>
    public static ReadOnlyMemory<byte> Marker => Content;

    /// <summary>Their Whirlpool checksum.</summary>
    public static WhirlpoolHash MarkerChecksum { get; } = WhirlpoolHash.Parse(
        "68b403feb2dc01b2763876c4052c652b62967e26fa325384d7e97afb378067ff7a031743a29a5400cf88c91db365209872656fa804232dd19f9556f3e38bd130");

    /// <summary>Whether that size and checksum, as the service states them, are those of the marker.</summary>
    public static bool IsMarker(long size, WhirlpoolHash? checksum) => size == Content.Length && checksum == MarkerChecksum;

    /// <summary>A file as it is to be seen: one that holds the marker is empty, any other is itself.</summary>
    public static RemoteFile Shown(RemoteFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return IsMarker(file.Size, file.Checksum) ? file with { Size = 0, Checksum = WhirlpoolHash.Empty } : file;
    }

    /// <summary>A file as it is to be sent: an empty one with the marker for its content, any other as it is.</summary>
    public static UploadFile Sendable(UploadFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Length == 0
            ? file with { Length = Content.Length, Checksum = MarkerChecksum, OpenAsync = _ => new ValueTask<Stream>(new MemoryStream(Content, writable: false)) }
            : file;
    }
}

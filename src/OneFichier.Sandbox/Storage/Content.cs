namespace OneFichier.Sandbox.Storage;

/// <summary>A file's bytes, wherever they are. Contents are shared by all files that have them.</summary>
internal abstract class Content
{
    public abstract long Size { get; }

    /// <summary>The Whirlpool digest, 64 bytes.</summary>
    public abstract byte[] Checksum { get; }

    /// <summary>Opens the bytes from <paramref name="offset"/> on. Valid even if the content is released meanwhile.</summary>
    public abstract Stream Open(long offset);
}

internal sealed class MemoryContent(byte[] bytes, byte[] checksum) : Content
{
    public override long Size => bytes.Length;

    public override byte[] Checksum => checksum;

    public override Stream Open(long offset) =>
        new MemoryStream(bytes, (int)offset, bytes.Length - (int)offset, writable: false);
}

internal sealed class FileContent(string path, long size, byte[] checksum) : Content
{
    public string Path => path;

    public override long Size => size;

    public override byte[] Checksum => checksum;

    public override Stream Open(long offset)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: false);
        stream.Position = offset;
        return stream;
    }
}

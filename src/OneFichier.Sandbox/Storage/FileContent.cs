namespace OneFichier.Sandbox.Storage;

/// <summary>Bytes in a file of the store.</summary>
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

namespace OneFichier.Sandbox.Storage;

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryContent(byte[] bytes, byte[] checksum) : Content
{
    public override long Size => bytes.Length;

    public override byte[] Checksum => checksum;

    public override Stream Open(long offset) =>
        new MemoryStream(bytes, (int)offset, bytes.Length - (int)offset, writable: false);
}

namespace OneFichier.Sandbox;

/// <summary>A file's bytes, wherever they are. Contents are shared by all files that have them.</summary>
internal abstract class Content
{
    public abstract long Size { get; }

    /// <summary>The Whirlpool digest, 64 bytes.</summary>
    public abstract byte[] Checksum { get; }

    /// <summary>Opens the bytes from <paramref name="offset"/> on. Valid even if the content is released meanwhile.</summary>
    public abstract Stream Open(long offset);
}

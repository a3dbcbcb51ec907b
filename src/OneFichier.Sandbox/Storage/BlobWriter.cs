namespace OneFichier.Sandbox.Storage;

/// <summary>Takes one file's bytes, hashing as they come; keeps small ones in memory and others in a temporary file.</summary>
internal sealed class BlobWriter(BlobStore store) : IDisposable
{
    private readonly WhirlpoolHash hash = new();
    private MemoryStream? memory = new();
    private FileStream? file;

    public long Size { get; private set; }

    public void Append(ReadOnlySpan<byte> data)
    {
        hash.Append(data);
        Size += data.Length;
        if (memory is not null && Size > store.KeepInMemory)
            Spill();
        ((Stream?)memory ?? file!).Write(data);
    }

    /// <summary>Ends the file. The content counts one user, who must release it.</summary>
    public Content Complete()
    {
        var digest = hash.Finish();
        if (memory is not null)
            return store.Keep(new MemoryContent(memory.ToArray(), digest));
        var path = file!.Name;
        file.Dispose();
        file = null;
        return store.Adopt(path, Size, digest);
    }

    public void Dispose()
    {
        hash.Dispose();
        memory?.Dispose();
        if (file is null)
            return;
        file.Dispose();
        File.Delete(file.Name);
    }

    private void Spill()
    {
        file = store.CreateTemporary();
        memory!.WriteTo(file);
        memory.Dispose();
        memory = null;
    }
}

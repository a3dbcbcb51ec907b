namespace OneFichier.Drive;

/// <summary>Something a <see cref="MemoryVolume"/> holds.</summary>
internal abstract class MemoryNode(string id, DateTimeOffset created)
{
    public string Id => id;

    public DateTimeOffset Created => created;

    public abstract Entry At(VolumePath path);
}

/// <summary>A file; a change makes a new one, so whoever reads it is not disturbed.</summary>
internal sealed class MemoryFile(string id, DateTimeOffset created, byte[] content, WhirlpoolHash checksum) : MemoryNode(id, created)
{
    public byte[] Content => content;

    public DateTimeOffset ModTime { get; init; }

    public override Entry At(VolumePath path) =>
        new(path, IsFolder: false) { Size = content.Length, ModTime = ModTime, Created = Created, Checksum = checksum, Id = Id };

    public MemoryFile WithTime(DateTimeOffset modTime) => new(Id, Created, content, checksum) { ModTime = modTime };

    public MemoryFile Copy(string copyId, DateTimeOffset copyCreated) => new(copyId, copyCreated, content, checksum) { ModTime = ModTime };
}

/// <summary>A folder.</summary>
internal sealed class MemoryFolder(string id, DateTimeOffset created) : MemoryNode(id, created)
{
    public SortedDictionary<string, MemoryNode> Children { get; } = new(StringComparer.Ordinal);

    public override Entry At(VolumePath path) => new(path, IsFolder: true) { Created = Created, Id = Id };
}

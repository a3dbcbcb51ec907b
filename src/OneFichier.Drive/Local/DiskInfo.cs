namespace OneFichier.Drive.Local;

/// <summary>What something on a disk is.</summary>
internal enum DiskKind
{
    File,
    Folder,

    /// <summary>A symbolic link that is not followed, or leads nowhere or back up.</summary>
    Link,

    /// <summary>A pipe, a socket or a device.</summary>
    Special,
}

/// <summary>What the system tells of something on a disk.</summary>
internal sealed record DiskInfo(DiskKind Kind)
{
    public long Size { get; init; }

    public DateTimeOffset ModTime { get; init; }

    public DateTimeOffset? Created { get; init; }

    /// <summary>Device and number, where the system tells.</summary>
    public string? Inode { get; init; }

    public string? Device { get; init; }

    public UnixFileMode Mode { get; init; }

    /// <summary>Whether it is seen through a link.</summary>
    public bool ThroughLink { get; init; }

    public bool IsShown => Kind is DiskKind.File or DiskKind.Folder;

    public Entry At(VolumePath path) => Kind == DiskKind.Folder
        ? new Entry(path, IsFolder: true) { ModTime = ModTime, Created = Created, Id = Inode }
        : new Entry(path, IsFolder: false) { Size = Size, ModTime = ModTime, Created = Created, Id = Inode };
}

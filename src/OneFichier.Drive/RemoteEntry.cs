using System.Diagnostics.CodeAnalysis;

namespace OneFichier.Drive;

/// <summary>A file or a folder, and where it was found.</summary>
public sealed record RemoteEntry
{
    private RemoteEntry(RemotePath path, FolderId parent) => (Path, Parent) = (path, parent);

    /// <summary>An entry for a folder.</summary>
    public RemoteEntry(RemotePath path, FolderId parent, RemoteFolder folder) : this(path, parent) => Folder = folder;

    /// <summary>An entry for a file.</summary>
    public RemoteEntry(RemotePath path, FolderId parent, ListedFile file) : this(path, parent) => File = file;

    /// <summary>Where it was found.</summary>
    public RemotePath Path { get; }

    /// <summary>The folder it lies in; for the folder a path starts at, that folder itself.</summary>
    public FolderId Parent { get; }

    /// <summary>The folder, when it is one.</summary>
    public RemoteFolder? Folder { get; }

    /// <summary>The file, when it is one.</summary>
    public ListedFile? File { get; }

    /// <summary>Whether it is a folder.</summary>
    [MemberNotNullWhen(true, nameof(Folder))]
    [MemberNotNullWhen(false, nameof(File))]
    public bool IsFolder => Folder is not null;

    /// <summary>Its name as a segment of a path; for the folder a path starts at, the service's name for it.</summary>
    public string Name => Path.Path.IsRoot ? Folder?.Name ?? File!.Name : Path.Path.Name;
}

/// <summary>What a name stands for.</summary>
public enum EntryKind
{
    /// <summary>A file or a folder.</summary>
    Any,

    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,
}

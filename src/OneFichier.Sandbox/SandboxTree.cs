namespace OneFichier.Sandbox;

/// <summary>Everything a member has, as it is and not as lagging listings show it.</summary>
public sealed record SandboxTree
{
    /// <summary>All folders but the root, parents before children.</summary>
    public required IReadOnlyList<SandboxFolder> Folders { get; init; }

    /// <summary>All files, several of one name among them.</summary>
    public required IReadOnlyList<SandboxFile> Files { get; init; }
}

/// <summary>A folder in a dump.</summary>
public sealed record SandboxFolder
{
    /// <summary>The folder's id.</summary>
    public required long Id { get; init; }

    /// <summary>The id of the folder it is in; 0 for the root.</summary>
    public required long ParentId { get; init; }

    /// <summary>Names from the root, joined by slashes.</summary>
    public required string Path { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Its public address, when shared.</summary>
    public string? ShareUrl { get; init; }
}

/// <summary>A file in a dump.</summary>
public sealed record SandboxFile
{
    /// <summary>Its link, which is its identity.</summary>
    public required string Url { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Names from the root, joined by slashes.</summary>
    public required string Path { get; init; }

    /// <summary>The id of the folder it is in; 0 for the root, -2 for what others sent.</summary>
    public required long FolderId { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its Whirlpool checksum, 128 lowercase hex digits.</summary>
    public required string Checksum { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Its description, when it has one.</summary>
    public string? Description { get; init; }

    /// <summary>Its download password, when it has one.</summary>
    public string? Password { get; init; }
}

/// <summary>A file of an explicit list; its content is generated from the seed and takes no room.</summary>
/// <param name="Path">Names from the root, joined by slashes; missing folders are made.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Seed">Seeds the content.</param>
public sealed record SandboxSeedFile(string Path, long Size, ulong Seed = 1);

/// <summary>A generated tree of any size: its contents need no room, because they are a function of the seed.</summary>
public sealed record SandboxSeed
{
    /// <summary>The folder it goes into; made when missing, the root when empty.</summary>
    public string Into { get; init; } = "";

    /// <summary>How many folders (folder-000001, …), all in <see cref="Into"/>. With 0, files go right into it.</summary>
    public int Folders { get; init; }

    /// <summary>How many files (file-000001.bin, …) in all, spread evenly over the folders.</summary>
    public int Files { get; init; }

    /// <summary>Bytes in each file.</summary>
    public long FileSize { get; init; } = 1024;

    /// <summary>Seeds the contents; each file's differs.</summary>
    public ulong Seed { get; init; } = 1;
}

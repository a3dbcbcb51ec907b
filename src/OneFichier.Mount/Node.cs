namespace OneFichier.Mount;

/// <summary>A file or folder the kernel knows by number. Names and places in the tree are the table's to change.</summary>
internal sealed class Node(ulong id, bool isFolder, ulong inode)
{
    private readonly Lock _gate = new();
    private readonly List<OpenedFile> _open = [];
    private long _changes;

    public ulong Id => id;

    public bool IsFolder => isFolder;

    /// <summary>The number programs see; no other node has it.</summary>
    public ulong Inode => inode;

    /// <summary>The folder it is in; <see langword="null"/> for the root and for what was removed.</summary>
    public Node? Parent { get; set; }

    public string Name { get; set; } = "";

    public Dictionary<string, Node>? Children { get; set; }

    /// <summary>How many times the kernel holds it.</summary>
    public ulong Lookups { get; set; }

    /// <summary>Whether its name was removed or given to another.</summary>
    public bool Unlinked { get; set; }

    public NodeLooks Looks { get; } = new();

    /// <summary>The content that was there when it was last opened; what the kernel holds of it is right as long as it is the same.</summary>
    public ContentStamp? Seen { get; set; }

    /// <summary>Counts what changes about the entries of a folder, so that an older listing of it is known to be old.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    public void Changed() => Interlocked.Increment(ref _changes);

    public void Opened(OpenedFile file)
    {
        lock (_gate)
            _open.Add(file);
    }

    public void Closed(OpenedFile file)
    {
        lock (_gate)
            _open.Remove(file);
    }

    /// <summary>One through which it is open, writable if there is any such.</summary>
    public OpenedFile? AnyOpen()
    {
        lock (_gate)
            return _open.Find(f => f.Writable) ?? (_open.Count > 0 ? _open[0] : null);
    }
}

/// <summary>What tells one content of a file from a later one.</summary>
internal sealed record ContentStamp(string? Id, long Size, DateTimeOffset? ModTime);

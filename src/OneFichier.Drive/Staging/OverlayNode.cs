namespace OneFichier.Drive.Staging;

/// <summary>A name at which what is seen differs from what is stored, or that leads to one.</summary>
internal sealed class OverlayNode(string name, OverlayNode? parent)
{
    public string Name { get; private set; } = name;

    public OverlayNode? Parent { get; private set; } = parent;

    public SortedDictionary<string, OverlayNode> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>What is stored here and no longer seen: removed, or to be replaced.</summary>
    public Kinds Gone { get; set; }

    /// <summary>Whether a folder is seen here that may not be stored yet.</summary>
    public bool Folder { get; set; }

    /// <summary>Whether that folder may be stored already.</summary>
    public bool Tried { get; set; }

    /// <summary>Whether a file may be stored beneath the one that waits here.</summary>
    public bool Covers { get; set; }

    /// <summary>Contents that were sent to this name since something was last known to be stored here, and of which nobody learnt what became of them; null for one whose checksum is not known.</summary>
    public HashSet<WhirlpoolHash?> Astray { get; } = [];

    /// <summary>Until when, by the steady clock, such a content may appear here.</summary>
    public long AstrayUntil { get; set; }

    /// <summary>What was stored here under a name that waits elsewhere now goes only after that one is stored.</summary>
    public StagedFile? After { get; set; }

    /// <summary>The file that is open here, or waits here.</summary>
    public StagedFile? File { get; set; }

    /// <summary>Open files that read what is stored here, although their name is gone.</summary>
    public List<StagedFile> Held { get; } = [];

    /// <summary>When it changed last, by the steady clock.</summary>
    public long Changed { get; set; }

    /// <summary>When it is sent again after a failure.</summary>
    public Retry Retry { get; } = new();

    /// <summary>The file that waits here and is seen in the place of what is stored.</summary>
    public StagedFile? Waiting => File is { Dirty: true } ? File : null;

    /// <summary>Whether what is stored here as a folder, or would be, is not the folder that is seen.</summary>
    public bool HidesFolder => Waiting is not null || Gone.HasFlag(Kinds.Folder) || (Folder && !Tried);

    public VolumePath Path => Parent is null ? VolumePath.Root : Parent.Path.Combine(Name);

    public bool IsIdle => Gone == Kinds.None && !Folder && File is null && Held.Count == 0 && Children.Count == 0 && Parent is not null;

    /// <summary>This and all below, those above first.</summary>
    public IEnumerable<OverlayNode> All() => Children.Values.ToList().SelectMany(c => c.All()).Prepend(this);

    public IEnumerable<OverlayNode> Above()
    {
        for (var node = Parent; node is not null; node = node.Parent)
            yield return node;
    }

    public void Attach(OverlayNode to, string name)
    {
        Parent?.Children.Remove(Name);
        (Name, Parent) = (name, to);
        to.Children[name] = this;
    }

    public void Detach()
    {
        Parent?.Children.Remove(Name);
        Parent = null;
    }
}

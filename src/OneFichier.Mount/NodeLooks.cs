namespace OneFichier.Mount;

/// <summary>What programs set on a node and no volume can keep: it is remembered while the mount lives.</summary>
internal sealed class NodeLooks
{
    public uint? Mode { get; set; }

    public uint? User { get; set; }

    public uint? Group { get; set; }

    /// <summary>A folder's modification time.</summary>
    public DateTimeOffset? FolderTime { get; set; }

    /// <summary>Whether that time was set by a program, and not by what happened in the folder.</summary>
    public bool FolderTimeIsSet { get; set; }

    public DateTimeOffset? AccessTime { get; set; }

    /// <summary>Whether the table has counted it among those it keeps for this.</summary>
    public bool Counted { get; set; }

    /// <summary>Whether the node must stay for it when the kernel forgets.</summary>
    public bool Matter => Mode is not null || User is not null || Group is not null || FolderTimeIsSet;
}

using OneFichier.Drive;

namespace OneFichier.Mount;

/// <summary>A file the kernel has open.</summary>
internal sealed record OpenedFile(Node Node, IOpenFile File, bool Writable);

/// <summary>A folder the kernel has open, and what was in it when it was read from the beginning.</summary>
internal sealed class OpenedFolder(Node node)
{
    public Node Node => node;

    public FolderListing? Listing { get; set; }
}

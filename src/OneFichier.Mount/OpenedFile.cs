using OneFichier.Drive;

namespace OneFichier.Mount;

/// <summary>A file the kernel has open.</summary>
internal sealed record OpenedFile(Node Node, IOpenFile File, bool Writable)
{
    /// <summary>How many handles share the file: more than one where it was opened again after its name was gone.</summary>
    public Sharing Shared { get; init; } = new();

    /// <summary>The same file under another handle.</summary>
    public OpenedFile Again(bool writable)
    {
        Interlocked.Increment(ref Shared.Handles);
        return this with { Writable = writable };
    }

    /// <summary>Closes the file with its last handle.</summary>
    public ValueTask CloseAsync() => Interlocked.Decrement(ref Shared.Handles) == 0 ? File.DisposeAsync() : ValueTask.CompletedTask;

    public sealed class Sharing
    {
        public int Handles = 1;
    }
}

/// <summary>A folder the kernel has open, and what was in it when it was read from the beginning.</summary>
internal sealed class OpenedFolder(Node node)
{
    public Node Node => node;

    public FolderListing? Listing { get; set; }
}

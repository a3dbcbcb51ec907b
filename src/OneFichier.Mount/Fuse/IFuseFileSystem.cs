namespace OneFichier.Mount.Fuse;

/// <summary>
/// What the kernel asks of a file system. Nodes and handles are numbers that the file system gives out; node 1 is the root and always known.
/// Any number of calls may run at once. A call that fails throws; <see cref="ErrorOf"/> says what the program is told.
/// </summary>
/// <remarks>A cancelled call MUST end soon: nobody waits for its answer any more, or the program behind it is being killed.</remarks>
public interface IFuseFileSystem
{
    /// <summary>What a program is told for an exception; may be called from any thread.</summary>
    Errno ErrorOf(Exception exception);

    /// <summary>Finds a name in a folder. Each answer that names a node counts as one lookup of it, also those of calls that make nodes and of pages read with <see cref="FolderPage.Plus"/>.</summary>
    /// <returns><see langword="null"/> when there is nothing of that name.</returns>
    ValueTask<FuseNode?> LookUpAsync(ulong parent, string name, CancellationToken cancellationToken);

    /// <summary>The kernel no longer holds so many lookups of a node; at none it will not name it again.</summary>
    void Forget(ulong node, ulong lookups);

    /// <summary>The attributes of a node, which may be open under a handle.</summary>
    ValueTask<FuseNode> GetAttributesAsync(ulong node, ulong? handle, CancellationToken cancellationToken);

    /// <summary>Changes attributes of a node.</summary>
    ValueTask<FuseNode> SetAttributesAsync(ulong node, AttributeChange change, CancellationToken cancellationToken);

    /// <summary>Makes a file, or opens the one that is there, and opens it.</summary>
    ValueTask<(FuseNode Node, FuseOpened Opened)> CreateAsync(ulong parent, string name, OpenIntent flags, uint mode, CancellationToken cancellationToken);

    /// <summary>Makes an empty file or folder; the kind is in the mode.</summary>
    ValueTask<FuseNode> MakeAsync(ulong parent, string name, uint mode, CancellationToken cancellationToken);

    /// <summary>Removes a name.</summary>
    ValueTask RemoveAsync(ulong parent, string name, bool folder, CancellationToken cancellationToken);

    /// <summary>Gives a file or folder another name, in the place of what has it unless that is forbidden.</summary>
    ValueTask RenameAsync((ulong Parent, string Name) from, (ulong Parent, string Name) to, bool keepExisting, CancellationToken cancellationToken);

    /// <summary>Opens a file.</summary>
    ValueTask<FuseOpened> OpenAsync(ulong node, OpenIntent flags, CancellationToken cancellationToken);

    /// <summary>Reads; fewer bytes than asked mean the end of the file.</summary>
    ValueTask<int> ReadAsync(ulong handle, Memory<byte> buffer, long offset, CancellationToken cancellationToken);

    /// <summary>Writes all of it.</summary>
    ValueTask WriteAsync(ulong handle, ReadOnlyMemory<byte> data, long offset, CancellationToken cancellationToken);

    /// <summary>A descriptor of the file was closed: the last chance to tell of an error.</summary>
    ValueTask FlushAsync(ulong handle, CancellationToken cancellationToken);

    /// <summary>Brings what was written to where it is safe.</summary>
    ValueTask SyncAsync(ulong handle, CancellationToken cancellationToken);

    /// <summary>The last descriptor of a handle was closed.</summary>
    ValueTask ReleaseAsync(ulong handle);

    /// <summary>Finds data or a hole from an offset on.</summary>
    ValueTask<long> SeekAsync(ulong handle, long offset, bool hole, CancellationToken cancellationToken);

    /// <summary>Makes a file at least so long; nothing more is meant by room.</summary>
    ValueTask AllocateAsync(ulong handle, long length, CancellationToken cancellationToken);

    /// <summary>Opens a folder to be read.</summary>
    ValueTask<ulong> OpenFolderAsync(ulong node, CancellationToken cancellationToken);

    /// <summary>Writes entries onto a page, from its offset on, until it is full.</summary>
    ValueTask ReadFolderAsync(ulong handle, FolderPage page, CancellationToken cancellationToken);

    /// <summary>A folder's handle is not used any more.</summary>
    void ReleaseFolder(ulong handle);

    /// <summary>How much room there is.</summary>
    ValueTask<FuseSpace> SpaceAsync(CancellationToken cancellationToken);
}

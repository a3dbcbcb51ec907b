namespace OneFichier.Drive;

/// <summary>
/// Files that are opened and then read and written at any place, as programs do with files of a disk, over a volume of whole files. What is written waits on this machine's disk
/// and becomes a whole file of the volume a short while after the last writer is done.
/// </summary>
public interface IWritableFiles
{
    /// <summary>What waits, and how sending it goes.</summary>
    StagingState State { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="PathNotFoundException">There is no such file, or no folder for a new one.</exception>
    /// <exception cref="NameTakenException">A folder stands there, or a file where a new one was asked for.</exception>
    Task<IOpenFile> OpenFileAsync(VolumePath path, OpenFileOptions options, CancellationToken cancellationToken = default);

    /// <summary>Sends everything that waits now, without waiting for quiet; returns when all of it is stored and proven.</summary>
    /// <exception cref="IOException">Some could not be sent; it still waits.</exception>
    Task DrainAsync(CancellationToken cancellationToken = default);
}

/// <summary>How a file is opened. The default opens one that is there, for reading.</summary>
public sealed record OpenFileOptions
{
    /// <summary>Whether it may be written; one opened for writing may be read as well.</summary>
    public bool Write { get; init; }

    /// <summary>Make the file, empty, when it is not there.</summary>
    public bool Create { get; init; }

    /// <summary>With <see cref="Create"/>: fail when it is there.</summary>
    public bool Exclusive { get; init; }

    /// <summary>Make it empty.</summary>
    public bool Truncate { get; init; }
}

/// <summary>
/// An open file. It stays the same file when it, or a folder above it, is renamed, and can be read and written after its name was removed. Any number of threads may use it at once;
/// all who have it open see each write when it returned. Disposing closes it, and neither loses nor waits for anything.
/// </summary>
public interface IOpenFile : IAsyncDisposable
{
    /// <summary>The file as it is now: where it is, its size and times.</summary>
    Entry Entry { get; }

    /// <summary>Whether its name was removed or given to another file.</summary>
    bool Unlinked { get; }

    /// <summary>Reads from a place of the file.</summary>
    /// <returns>How many bytes; fewer than asked only at the file's end, where it is zero.</returns>
    /// <exception cref="IOException">The bytes cannot be had now.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken = default);

    /// <summary>Writes at a place of the file; a gap before it reads as zeros.</summary>
    /// <exception cref="IOException">The disk is full or broken; nothing of this write counts.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, long offset, CancellationToken cancellationToken = default);

    /// <summary>Cuts the file, or lengthens it with zeros.</summary>
    ValueTask SetLengthAsync(long length, CancellationToken cancellationToken = default);

    /// <summary>Sets the modification time; writes after it set it anew.</summary>
    ValueTask SetModTimeAsync(DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>Returns when all that was written would survive the end of this process and of the machine, and would be sent by the next one.</summary>
    ValueTask SyncAsync(CancellationToken cancellationToken = default);
}

/// <summary>What waits on this machine to be sent.</summary>
/// <param name="Files">Files that wait, those being sent included.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="Changes">Removals, new folders and moves that wait.</param>
public sealed record StagingState(int Files, long Bytes, int Changes)
{
    /// <summary>Why the last attempt to send failed; <see langword="null"/> when it went well or there was none.</summary>
    public Exception? Failure { get; init; }
}

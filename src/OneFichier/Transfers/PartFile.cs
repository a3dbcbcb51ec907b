using System.IO.MemoryMappedFiles;

namespace OneFichier.Transfers;

/// <summary>
/// A download under way: the bytes at their places, and behind them a map of what has arrived (docs/spec/part-file.md). The map lies in memory that the
/// kernel keeps when the process dies, so a kill at any point forgets nothing that was written.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private const long Magic = 0x3154524150_524946; // "FIRPART1"
    private const int HeaderSize = 160;

    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    private PartFile(FileStream file, string path, DownloadSource source, long chunkSize)
    {
        (_file, Path, Size, ChunkSize) = (file, path, source.Size, chunkSize);
        Chunks = (int)((Size + chunkSize - 1) / chunkSize);
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(MapOffset(Size), MapLength(Chunks));
    }

    public string Path { get; }

    public long Size { get; }

    public long ChunkSize { get; }

    public int Chunks { get; }

    /// <summary>Opens the part file of a target: the one of an earlier run where it is of the same content, else a new one.</summary>
    /// <exception cref="IOException">Another download is at it, or the disk has no room.</exception>
    public static PartFile Open(string path, string target, DownloadSource source, long chunkSize)
    {
        var file = OpenAlone(path, target);
        try
        {
            var known = KnownChunkSize(file, source);
            var chunk = known ?? chunkSize;
            var chunks = (int)((source.Size + chunk - 1) / chunk);
            if (known is null)
            {
                file.SetLength(0);
                WriteEmptyMap(file, MapOffset(source.Size), MapLength(chunks));
            }

            var part = new PartFile(file, path, source, chunk);
            if (known is null)
            {
                part.WriteHeader(source);
            }

            return part;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public long ChunkLength(int chunk) => Math.Min(ChunkSize, Size - (chunk * ChunkSize));

    /// <summary>How many bytes from the start of a chunk are there.</summary>
    public long Arrived(int chunk) => Math.Clamp(_view.ReadInt64(HeaderSize + (8L * chunk)), 0, ChunkLength(chunk));

    public long ArrivedInAll() => Enumerable.Range(0, Chunks).Sum(Arrived);

    public async ValueTask WriteAsync(int chunk, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var arrived = Arrived(chunk);
        await RandomAccess.WriteAsync(_file.SafeFileHandle, bytes, (chunk * ChunkSize) + arrived, cancellationToken).ConfigureAwait(false);
        _view.Write(HeaderSize + (8L * chunk), arrived + bytes.Length);
    }

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        RandomAccess.ReadAsync(_file.SafeFileHandle, buffer[..(int)Math.Min(buffer.Length, Size - offset)], offset, cancellationToken);

    /// <summary>Forgets what has arrived, so that all of it is fetched again.</summary>
    public void Forget()
    {
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            _view.Write(HeaderSize + (8L * chunk), 0L);
        }
    }

    /// <summary>Cuts the map off and gives the file its name, in one step for everybody who looks.</summary>
    public void Finish(string target, bool overwrite)
    {
        _file.Flush(flushToDisk: true);
        _view.Dispose();
        _map.Dispose();
        _file.SetLength(Size);
        _file.Flush(flushToDisk: true);
        if (OperatingSystem.IsWindows())
        {
            _file.Dispose();
        }

        File.Move(Path, target, overwrite);
        _file.Dispose();
    }

    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        _file.Dispose();
    }

    /// <summary>Opens the part file for this download alone. Whoever had it until now may just have given it its name; then there is none, and a new one is made.</summary>
    private static FileStream OpenAlone(string path, string target)
    {
        while (true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
                if (File.Exists(path))
                {
                    return file;
                }

                file.Dispose();
            }
            catch (IOException e) when (IsTaken(e) && File.Exists(path))
            {
                throw new IOException($"'{target}' is being downloaded already, by this program or another ('{path}' is in use).", e);
            }
        }
    }

    /// <summary>Whether somebody else has the file open: EWOULDBLOCK of Linux and of macOS, a sharing violation of Windows.</summary>
    private static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>Writes the map out, because memory over a hole that a full disk cannot fill would kill the process.</summary>
    private static void WriteEmptyMap(FileStream file, long offset, long length)
    {
        RandomAccess.Write(file.SafeFileHandle, new byte[length], offset);
        file.SetLength(offset + length);
    }

    private static long MapOffset(long size) => (size + 4095) / 4096 * 4096;

    private static long MapLength(int chunks) => HeaderSize + (8L * chunks);

    private void WriteHeader(DownloadSource source)
    {
        _view.WriteArray(0, Identity(source, ChunkSize), 0, HeaderSize - 8);
        _view.Write(HeaderSize - 8, Magic);
    }

    private static long? KnownChunkSize(FileStream file, DownloadSource source)
    {
        var header = new byte[HeaderSize];
        if (file.Length <= MapOffset(source.Size) + HeaderSize || RandomAccess.Read(file.SafeFileHandle, header, MapOffset(source.Size)) != HeaderSize)
        {
            return null;
        }

        var chunk = BitConverter.ToInt64(header, 8);
        return BitConverter.ToInt64(header, HeaderSize - 8) == Magic && chunk > 0
            && file.Length == MapOffset(source.Size) + MapLength((int)((source.Size + chunk - 1) / chunk))
            && header.AsSpan(0, HeaderSize - 8).SequenceEqual(Identity(source, chunk))
            ? chunk
            : null;
    }

    /// <summary>Size, chunk size, checksum or else the link: a part of other content never matches.</summary>
    private static byte[] Identity(DownloadSource source, long chunkSize)
    {
        var identity = new byte[HeaderSize - 8];
        BitConverter.TryWriteBytes(identity, source.Size);
        BitConverter.TryWriteBytes(identity.AsSpan(8), chunkSize);
        if (source.Checksum is { } checksum)
        {
            checksum.CopyTo(identity.AsSpan(16));
        }
        else
        {
            System.Text.Encoding.ASCII.GetBytes(source.Link.Id, identity.AsSpan(16));
        }

        return identity;
    }
}

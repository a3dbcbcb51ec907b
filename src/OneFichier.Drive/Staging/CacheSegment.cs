using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace OneFichier.Drive.Staging;

/// <summary>A file of the cache: a table with the checksum and length of each block, and the blocks. A block counts once its line of the table is there and agrees with it.</summary>
internal sealed class CacheSegment(string path, SafeFileHandle handle) : IDisposable
{
    public const int TableSize = 4096;

    private const int LineSize = 8;

    public string Path => path;

    /// <summary>When its time of use was last written down.</summary>
    public DateTimeOffset Touched { get; set; }

    public int Users { get; set; }

    public static CacheSegment? TryOpen(string path, bool make)
    {
        try
        {
            if (make)
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            var mode = make ? FileMode.OpenOrCreate : FileMode.Open;
            return new CacheSegment(path, File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (!make && e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The bytes of blocks in a segment.</summary>
    public static long BytesIn(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> table = stackalloc byte[BlockPlace.Slots * LineSize];
        var read = RandomAccess.Read(file, table, 0);
        var bytes = (long)TableSize;
        for (var at = 0; at + LineSize <= read; at += LineSize)
            bytes += BinaryPrimitives.ReadInt32LittleEndian(table[(at + 4)..]);
        return bytes;
    }

    /// <summary>Reads a whole block.</summary>
    /// <returns><see langword="null"/> when it is not there; false when what is there is not what was stored.</returns>
    public bool? Read(int slot, Span<byte> block)
    {
        Span<byte> line = stackalloc byte[LineSize];
        if (RandomAccess.Read(handle, line, slot * LineSize) < LineSize || BinaryPrimitives.ReadInt32LittleEndian(line[4..]) == 0)
            return null;
        if (BinaryPrimitives.ReadInt32LittleEndian(line[4..]) != block.Length)
            return false;
        for (var at = 0; at < block.Length;)
        {
            var read = RandomAccess.Read(handle, block[at..], TableSize + ((long)slot * BlockPlace.Size) + at);
            if (read == 0)
                return false;
            at += read;
        }

        return BlockSum.Of(block) == BinaryPrimitives.ReadUInt32LittleEndian(line);
    }

    public bool Has(int slot)
    {
        Span<byte> line = stackalloc byte[LineSize];
        return RandomAccess.Read(handle, line, slot * LineSize) == LineSize && BinaryPrimitives.ReadInt32LittleEndian(line[4..]) != 0;
    }

    public void Write(int slot, ReadOnlySpan<byte> block, DateTimeOffset now)
    {
        Span<byte> line = stackalloc byte[LineSize];
        BinaryPrimitives.WriteUInt32LittleEndian(line, BlockSum.Of(block));
        BinaryPrimitives.WriteInt32LittleEndian(line[4..], block.Length);
        RandomAccess.Write(handle, block, TableSize + ((long)slot * BlockPlace.Size));
        RandomAccess.Write(handle, line, slot * LineSize);
        File.SetLastWriteTimeUtc(handle, now.UtcDateTime);
    }

    public void Forget(int slot) => RandomAccess.Write(handle, new byte[LineSize], slot * LineSize);

    public void Dispose() => handle.Dispose();
}

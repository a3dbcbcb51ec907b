using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace OneFichier.Drive.Staging;

/// <summary>A file of the cache: a table with the checksum and length of each block, and the blocks. A block counts once its line of the table is there and agrees with it.</summary>
internal sealed class CacheSegment(string path, SafeFileHandle handle) : IDisposable
{
    public const int TableSize = 4096;

    private const int LineSize = 8;

    private readonly byte[] _table = new byte[BlockPlace.Slots * LineSize];

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
            var segment = new CacheSegment(path, File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan));
            segment.LookAtAll();
            return segment;
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

    /// <summary>Reads blocks that follow each other.</summary>
    /// <param name="slot">The first.</param>
    /// <param name="bytes">For all of them; only the last may be short.</param>
    /// <returns>How many bytes there are, whole blocks from the first on; fewer where one is missing or damaged.</returns>
    public (int Bytes, bool Damaged) Read(int slot, Span<byte> bytes)
    {
        var there = There(slot, bytes.Length);
        for (var at = 0; at < there;)
        {
            var read = RandomAccess.Read(handle, bytes[at..there], Place(slot) + at);
            if (read == 0)
                there = at / BlockPlace.Size * BlockPlace.Size;
            at += read;
        }

        for (var at = 0; at < there; at += BlockPlace.Size)
        {
            var block = bytes[at..Math.Min(at + BlockPlace.Size, there)];
            if (!Agrees(slot + (at / BlockPlace.Size), block))
                return (at, true);
        }

        return (there, false);
    }

    public bool Has(int slot) => LengthOf(slot) > 0;

    public void Write(int slot, ReadOnlySpan<byte> block, DateTimeOffset now)
    {
        Span<byte> line = stackalloc byte[LineSize];
        BinaryPrimitives.WriteUInt32LittleEndian(line, BlockSum.Of(block));
        BinaryPrimitives.WriteInt32LittleEndian(line[4..], block.Length);
        RandomAccess.Write(handle, block, Place(slot));
        RandomAccess.Write(handle, line, slot * LineSize);
        line.CopyTo(_table.AsSpan(slot * LineSize));
        File.SetLastWriteTimeUtc(handle, now.UtcDateTime);
    }

    public void Forget(int slot)
    {
        RandomAccess.Write(handle, new byte[LineSize], slot * LineSize);
        _table.AsSpan(slot * LineSize, LineSize).Clear();
    }

    public void Dispose() => handle.Dispose();

    private static long Place(int slot) => TableSize + ((long)slot * BlockPlace.Size);

    /// <summary>How many bytes the table promises of blocks that follow each other.</summary>
    private int There(int slot, int wanted)
    {
        var there = 0;
        for (; there < wanted; slot++)
        {
            var length = Math.Min(BlockPlace.Size, wanted - there);
            if (LengthOf(slot) != length)
                break;
            there += length;
        }

        return there;
    }

    private int LengthOf(int slot)
    {
        var known = BinaryPrimitives.ReadInt32LittleEndian(_table.AsSpan((slot * LineSize) + 4));
        return known > 0 ? known : Looked(slot) ? BinaryPrimitives.ReadInt32LittleEndian(_table.AsSpan((slot * LineSize) + 4)) : 0;
    }

    /// <summary>Whether what was read is what was stored; another process may have stored it anew since the table was read.</summary>
    private bool Agrees(int slot, ReadOnlySpan<byte> block)
    {
        var sum = BlockSum.Of(block);
        return sum == BinaryPrimitives.ReadUInt32LittleEndian(_table.AsSpan(slot * LineSize))
            || (Looked(slot) && sum == BinaryPrimitives.ReadUInt32LittleEndian(_table.AsSpan(slot * LineSize)));
    }

    private void LookAtAll() => RandomAccess.Read(handle, _table, 0);

    private bool Looked(int slot) => RandomAccess.Read(handle, _table.AsSpan(slot * LineSize, LineSize), slot * LineSize) == LineSize;
}

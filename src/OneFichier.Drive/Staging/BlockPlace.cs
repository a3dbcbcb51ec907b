namespace OneFichier.Drive.Staging;

/// <summary>
/// Where a block of a content lies in the cache: contents are cut into blocks, and blocks gathered in segments, each a file. The beginning and the end of a long content are segments of their own,
/// since players read both whatever they play.
/// </summary>
/// <param name="Segment">The last part of the segment's file name.</param>
/// <param name="Slot">The number of the block in the segment.</param>
/// <param name="Length">Bytes of the block; less than <see cref="Size"/> only at the end of the content.</param>
/// <param name="After">How many blocks follow it in the segment.</param>
internal readonly record struct BlockPlace(string Segment, int Slot, int Length, int After)
{
    public const int Size = 128 * 1024;
    public const int Slots = 64;
    public const string Head = "head";
    public const string Tail = "tail";

    private const int EdgeBlocks = 8;

    public static long CountIn(long size) => (size + Size - 1) / Size;

    public static BlockPlace Of(long size, long block)
    {
        var count = CountIn(size);
        var length = (int)Math.Min(Size, size - (block * Size));
        if (count <= Slots)
            return new BlockPlace("whole", (int)block, length, (int)(count - block) - 1);
        if (block < EdgeBlocks)
            return new BlockPlace(Head, (int)block, length, EdgeBlocks - (int)block - 1);
        var tail = count - EdgeBlocks;
        if (block >= tail)
            return new BlockPlace(Tail, (int)(block - tail), length, (int)(count - block) - 1);
        var (segment, slot) = Math.DivRem(block - EdgeBlocks, Slots);
        return new BlockPlace(segment.ToString("x"), (int)slot, length, (int)Math.Min(Slots - slot, tail - block) - 1);
    }
}

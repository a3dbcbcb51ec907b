namespace OneFichier.Drive.Staging;

/// <summary>
/// Where a block of a content lies in the cache: contents are cut into blocks, and blocks gathered in segments, each a file. The beginning and the end of a long content are segments of their own,
/// since players read both whatever they play.
/// </summary>
/// <param name="Segment">The last part of the segment's file name.</param>
/// <param name="Slot">The number of the block in the segment.</param>
/// <param name="Length">Bytes of the block; less than <see cref="Size"/> only at the end of the content.</param>
internal readonly record struct BlockPlace(string Segment, int Slot, int Length)
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
            return new BlockPlace("whole", (int)block, length);
        if (block < EdgeBlocks)
            return new BlockPlace(Head, (int)block, length);
        if (block >= count - EdgeBlocks)
            return new BlockPlace(Tail, (int)(block - (count - EdgeBlocks)), length);
        var inner = block - EdgeBlocks;
        return new BlockPlace((inner / Slots).ToString("x"), (int)(inner % Slots), length);
    }
}

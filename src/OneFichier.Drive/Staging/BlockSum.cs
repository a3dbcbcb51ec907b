using System.Numerics;
using System.Runtime.InteropServices;

namespace OneFichier.Drive.Staging;

/// <summary>The checksum of a block: CRC-32C of four quarters side by side, which keeps the processor four times as busy as one after the other, and of what is left.</summary>
internal static class BlockSum
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var lane = words.Length / 4;
        var first = words[..lane];
        var second = words.Slice(lane, lane);
        var third = words.Slice(2 * lane, lane);
        var fourth = words.Slice(3 * lane, lane);
        uint a = 1, b = 2, c = 3, d = 4;
        for (var at = 0; at < lane; at++)
        {
            a = BitOperations.Crc32C(a, first[at]);
            b = BitOperations.Crc32C(b, second[at]);
            c = BitOperations.Crc32C(c, third[at]);
            d = BitOperations.Crc32C(d, fourth[at]);
        }

        var sum = BitOperations.Crc32C(BitOperations.Crc32C((uint)bytes.Length, ((ulong)a << 32) | b), ((ulong)c << 32) | d);
        foreach (var last in bytes[(lane * 4 * sizeof(ulong))..])
            sum = BitOperations.Crc32C(sum, last);
        return sum;
    }
}

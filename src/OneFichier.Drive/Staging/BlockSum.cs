using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OneFichier.Drive.Staging;

/// <summary>
/// The checksum of a block, as cheap as reading it allows: sixty-four lanes of 32 bits, each changed by every word it takes and multiplied by an odd number, brought together by CRC-32C. A change
/// within one lane never goes unseen, any other once in four thousand million times.
/// </summary>
internal static class BlockSum
{
    private const int Registers = 8;
    private const uint Multiplier = 0x01000193;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        Span<Vector256<uint>> lanes = stackalloc Vector256<uint>[Registers];
        var vectors = MemoryMarshal.Cast<byte, Vector256<uint>>(bytes);
        var whole = vectors.Length / Registers * Registers;
        Mix(vectors[..whole], lanes);
        var sum = (uint)bytes.Length;
        foreach (var word in MemoryMarshal.Cast<Vector256<uint>, ulong>(lanes))
            sum = BitOperations.Crc32C(sum, word);
        foreach (var last in bytes[(whole * Vector256<byte>.Count)..])
            sum = BitOperations.Crc32C(sum, last);
        return sum;
    }

    private static void Mix(ReadOnlySpan<Vector256<uint>> from, Span<Vector256<uint>> lanes)
    {
        var by = Vector256.Create(Multiplier);
        var (a, b, c, d) = (Vector256.Create(1u), Vector256.Create(2u), Vector256.Create(3u), Vector256.Create(4u));
        var (e, f, g, h) = (Vector256.Create(5u), Vector256.Create(6u), Vector256.Create(7u), Vector256.Create(8u));
        for (; from.Length >= Registers; from = from[Registers..])
        {
            (a, b, c, d) = ((a ^ from[0]) * by, (b ^ from[1]) * by, (c ^ from[2]) * by, (d ^ from[3]) * by);
            (e, f, g, h) = ((e ^ from[4]) * by, (f ^ from[5]) * by, (g ^ from[6]) * by, (h ^ from[7]) * by);
        }

        (lanes[0], lanes[1], lanes[2], lanes[3]) = (a, b, c, d);
        (lanes[4], lanes[5], lanes[6], lanes[7]) = (e, f, g, h);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneFichier.Hashing;

/// <summary>Whirlpool by eight tables, one for each column, each giving substitution and diffusion of a byte at once.</summary>
/// <remarks>Rows and table entries are eight bytes in their order in memory, whichever byte order the processor has.</remarks>
internal static class WhirlpoolPortable
{
    private const int TableSize = 256;
    private const int Rows = 8;

    private static readonly ulong[] Tables = BuildTables();
    private static readonly WhirlpoolMatrix[] RoundKeys = BuildRoundKeys();

    public static void Compress(ref WhirlpoolMatrix chain, ReadOnlySpan<byte> blocks)
    {
        foreach (ref readonly var block in MemoryMarshal.Cast<byte, WhirlpoolMatrix>(blocks))
        {
            Scroll key = default, state = default;
            for (var row = 0; row < Rows; row++)
            {
                key[row] = key[row + Rows] = chain[row];
                state[row] = state[row + Rows] = chain[row] ^= block[row];
            }

            Encrypt(ref key, ref state);
            for (var row = 0; row < Rows; row++)
                chain[row] ^= state[row];
        }
    }

    private static void Encrypt(ref Scroll key, ref Scroll state)
    {
        Scroll oddKey = default, oddState = default;
        for (var keys = RoundKeys.AsSpan(); !keys.IsEmpty; keys = keys[2..])
        {
            Round(ref key, ref oddKey, ref keys[0][0]);
            Round(ref state, ref oddState, ref oddKey[0]);
            Round(ref oddKey, ref key, ref keys[1][0]);
            Round(ref oddState, ref state, ref key[0]);
        }
    }

    /// <summary>Writes the rows of the next round to <paramref name="result"/>; <paramref name="addend"/> is the first row of its key.</summary>
    /// <remarks>In place it would need a copy, and a wide copy of rows just written one by one waits for them: a third of the speed.</remarks>
    private static void Round(ref Scroll source, ref Scroll result, ref ulong addend)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(Tables);
        for (var row = 0; row < Rows; row++)
        {
            ref var bytes = ref Unsafe.As<ulong, byte>(ref source[row]);
            result[row] = result[row + Rows] = Unsafe.Add(ref addend, row)
                ^ LookUp(ref table, ref bytes, 0) ^ LookUp(ref table, ref bytes, 1)
                ^ LookUp(ref table, ref bytes, 2) ^ LookUp(ref table, ref bytes, 3)
                ^ LookUp(ref table, ref bytes, 4) ^ LookUp(ref table, ref bytes, 5)
                ^ LookUp(ref table, ref bytes, 6) ^ LookUp(ref table, ref bytes, 7);
        }
    }

    /// <summary>The share of the byte that the shift of its column brings into this row from as many rows above, the last row being above the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LookUp(ref ulong tables, ref byte row, int column) =>
        Unsafe.Add(ref tables, (nuint)(TableSize * column) + Unsafe.Add(ref row, 8 * ((Rows - column) & 7) + column));

    private static ulong[] BuildTables()
    {
        var tables = new ulong[8 * TableSize];
        var bytes = MemoryMarshal.AsBytes(tables.AsSpan());
        for (var index = 0; index < bytes.Length; index++)
        {
            var (entry, target) = Math.DivRem(index, 8);
            var (column, value) = Math.DivRem(entry, TableSize);
            bytes[index] = WhirlpoolBoxes.Multiply(WhirlpoolBoxes.Substitute(value), WhirlpoolBoxes.Diffusion[(target - column) & 7]);
        }

        return tables;
    }

    private static WhirlpoolMatrix[] BuildRoundKeys()
    {
        var keys = new WhirlpoolMatrix[WhirlpoolBoxes.Rounds];
        for (var round = 0; round < keys.Length; round++)
            for (var column = 0; column < 8; column++)
                MemoryMarshal.AsBytes((Span<ulong>)keys[round])[column] = WhirlpoolBoxes.Substitute(8 * round + column);
        return keys;
    }

    /// <summary>The rows of a matrix twice over, so that the seven rows above one can be reached without a wrap.</summary>
    [InlineArray(2 * Rows)]
    private struct Scroll
    {
        private ulong _row;
    }
}

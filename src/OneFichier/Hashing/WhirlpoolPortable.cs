using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneFichier.Hashing;

/// <summary>Whirlpool by eight tables, one for each column, each giving substitution and diffusion of a byte at once.</summary>
internal static class WhirlpoolPortable
{
    private const int TableSize = 256;

    private static readonly ulong[] Tables = BuildTables();
    private static readonly ulong[] RoundKeys = BuildRoundKeys();

    public static void Compress(ref WhirlpoolMatrix chain, ReadOnlySpan<byte> blocks)
    {
        WhirlpoolMatrix input = default;
        for (; blocks.Length >= WhirlpoolState.BlockSize; blocks = blocks[WhirlpoolState.BlockSize..])
        {
            ReadRows(blocks, ref input);
            var key = chain;
            Add(ref chain, input);
            Add(ref chain, Encrypt(key, chain));
        }
    }

    private static void ReadRows(ReadOnlySpan<byte> block, ref WhirlpoolMatrix rows)
    {
        for (var row = 0; row < 8; row++)
            rows[row] = BinaryPrimitives.ReadUInt64LittleEndian(block[(8 * row)..]);
    }

    private static WhirlpoolMatrix Encrypt(WhirlpoolMatrix key, WhirlpoolMatrix state)
    {
        WhirlpoolMatrix next = default;
        foreach (var roundKey in RoundKeys)
        {
            Diffuse(key, ref next);
            next[0] ^= roundKey;
            key = next;
            Diffuse(state, ref next);
            Add(ref next, key);
            state = next;
        }

        return state;
    }

    private static void Add(ref WhirlpoolMatrix sum, in WhirlpoolMatrix other)
    {
        for (var row = 0; row < 8; row++)
            sum[row] ^= other[row];
    }

    private static void Diffuse(in WhirlpoolMatrix source, ref WhirlpoolMatrix result)
    {
        ref var tables = ref MemoryMarshal.GetArrayDataReference(Tables);
        for (var row = 0; row < 8; row++)
            result[row] =
                LookUp(ref tables, 0, source[row])
                ^ LookUp(ref tables, 1, source[(row + 7) & 7])
                ^ LookUp(ref tables, 2, source[(row + 6) & 7])
                ^ LookUp(ref tables, 3, source[(row + 5) & 7])
                ^ LookUp(ref tables, 4, source[(row + 4) & 7])
                ^ LookUp(ref tables, 5, source[(row + 3) & 7])
                ^ LookUp(ref tables, 6, source[(row + 2) & 7])
                ^ LookUp(ref tables, 7, source[(row + 1) & 7]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LookUp(ref ulong tables, int column, ulong row) =>
        Unsafe.Add(ref tables, (nuint)(TableSize * column) + (byte)(row >> (8 * column)));

    private static ulong[] BuildTables()
    {
        var tables = new ulong[8 * TableSize];
        for (var value = 0; value < TableSize; value++)
        {
            ulong products = 0;
            for (var column = 0; column < 8; column++)
                products |= (ulong)WhirlpoolBoxes.Multiply(WhirlpoolBoxes.Substitute(value), WhirlpoolBoxes.Diffusion[column]) << (8 * column);
            for (var column = 0; column < 8; column++)
                tables[TableSize * column + value] = ulong.RotateLeft(products, 8 * column);
        }

        return tables;
    }

    private static ulong[] BuildRoundKeys()
    {
        var keys = new ulong[WhirlpoolBoxes.Rounds];
        for (var index = 0; index < 8 * WhirlpoolBoxes.Rounds; index++)
            keys[index / 8] |= (ulong)WhirlpoolBoxes.Substitute(index) << (8 * (index % 8));
        return keys;
    }
}

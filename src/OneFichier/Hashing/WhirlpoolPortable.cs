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
        WhirlpoolMatrix key = default, state = default;
        for (; blocks.Length >= WhirlpoolState.BlockSize; blocks = blocks[WhirlpoolState.BlockSize..])
        {
            for (var row = 0; row < 8; row++)
            {
                var input = Row(blocks, row);
                key[row] = chain[row];
                state[row] = chain[row] ^ input;
            }

            Encrypt(ref key, ref state);
            for (var row = 0; row < 8; row++)
                chain[row] ^= state[row] ^ Row(blocks, row);
        }
    }

    private static ulong Row(ReadOnlySpan<byte> block, int row) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(block[(8 * row)..]);

    private static void Encrypt(ref WhirlpoolMatrix key, ref WhirlpoolMatrix state)
    {
        foreach (var roundKey in RoundKeys)
        {
            key = Round(key);
            key[0] ^= roundKey;
            state = Round(state);
            for (var row = 0; row < 8; row++)
                state[row] ^= key[row];
        }
    }

    private static WhirlpoolMatrix Round(in WhirlpoolMatrix source)
    {
        WhirlpoolMatrix result = default;
        for (var row = 0; row < 8; row++)
        {
            ulong sum = 0;
            for (var column = 0; column < 8; column++)
                sum ^= Tables[TableSize * column + (int)(source[(row - column) & 7] >> (8 * column) & 0xFF)];
            result[row] = sum;
        }

        return result;
    }

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

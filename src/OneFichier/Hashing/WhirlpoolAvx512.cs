using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneFichier.Hashing;

/// <summary>Whirlpool with the whole state in one register, a column of the matrix to each 64-bit lane.</summary>
internal static class WhirlpoolAvx512
{
    private static readonly Vector512<ulong>[] RoundKeys = [.. Enumerable.Range(0, WhirlpoolBoxes.Rounds).Select(RoundKey)];

    private static readonly Vector512<byte> Nibble = Vector512.Create((byte)15);
    private static readonly Vector512<ulong> LowTurn = Vector512.Create(0UL, 8, 16, 24, 32, 40, 48, 56);
    private static readonly Vector512<ulong> HighTurn = Vector512.Create(60UL, 4, 12, 20, 28, 36, 44, 52);
    private static readonly Vector512<byte> Exponential = Repeat(WhirlpoolBoxes.Exponential);
    private static readonly Vector512<byte> Logarithm = Repeat(WhirlpoolBoxes.Logarithm);
    private static readonly Vector512<byte> Random = Repeat(WhirlpoolBoxes.Random);
    private static readonly Vector512<byte> High = Repeat(WhirlpoolNibbles.High(1));
    private static readonly Vector512<byte> Low = Repeat(WhirlpoolNibbles.Low(1));
    private static readonly Vector512<byte> HighTimes4 = Repeat(WhirlpoolNibbles.High(4));
    private static readonly Vector512<byte> LowTimes4 = Repeat(WhirlpoolNibbles.Low(4));
    private static readonly Vector512<byte> Doubling = Vector512.Create(WhirlpoolNibbles.Doubling);
    private static readonly Vector512<byte> PairRows = Repeat([0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15]);
    private static readonly Vector512<ushort> GatherColumns =
        Vector512.Create([.. Enumerable.Range(0, 32).Select(word => (ushort)(word % 4 * 8 + word / 4))]);

    public static void Compress(ref WhirlpoolMatrix chain, ReadOnlySpan<byte> blocks)
    {
        var hash = Transpose(Vector512.Create((ReadOnlySpan<ulong>)chain).AsByte());
        foreach (var block in MemoryMarshal.Cast<byte, Vector512<byte>>(blocks))
        {
            var input = Transpose(block);
            hash ^= input ^ Encrypt(hash, hash ^ input);
        }

        Transpose(hash).AsUInt64().CopyTo(chain);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Encrypt(Vector512<byte> key, Vector512<byte> state)
    {
        foreach (var roundKey in RoundKeys)
        {
            key = Round(key, roundKey.AsByte());
            state = Round(state, key);
        }

        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Round(Vector512<byte> source, Vector512<byte> key)
    {
        var high = Avx512BW.Shuffle(Exponential, Avx512F.RotateLeftVariable(source.AsUInt64(), HighTurn).AsByte() & Nibble);
        var low = Avx512BW.Shuffle(Logarithm, Avx512F.RotateLeftVariable(source.AsUInt64(), LowTurn).AsByte() & Nibble);
        var mix = Avx512BW.Shuffle(Random, high ^ low);
        high ^= mix;
        low ^= mix;
        var once = Avx512BW.Shuffle(High, high) ^ Avx512BW.Shuffle(Low, low);
        var fourTimes = Avx512BW.Shuffle(HighTimes4, high) ^ Avx512BW.Shuffle(LowTimes4, low);

        var opposite = Turn(once, 8 - 4);
        var fours = Turn(fourTimes ^ Turn(fourTimes, 8 - 3), 8 - 2);
        var eights = Turn(fours ^ opposite, 8 - 2);
        var ones = once ^ opposite;
        ones = Turn(ones ^ Turn(ones, 8 - 2), 8 - 1);
        return once ^ fours ^ (eights + eights) ^ Avx512BW.Shuffle(Doubling, eights) ^ ones ^ key;
    }

    /// <summary>Every column moved to the left by some (to the right by the rest of the eight), those that leave coming in again at the other end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Turn(Vector512<byte> columns, [ConstantExpected] byte count) =>
        Avx512F.AlignRight64(columns.AsUInt64(), columns.AsUInt64(), count).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Transpose(Vector512<byte> matrix) =>
        Avx512BW.PermuteVar32x16(Avx512BW.Shuffle(matrix, PairRows).AsUInt16(), GatherColumns).AsByte();

    private static Vector512<ulong> RoundKey(int round) =>
        Vector512.Create([.. Enumerable.Range(8 * round, 8).Select(value => (ulong)WhirlpoolBoxes.Substitute(value))]);

    private static Vector512<byte> Repeat(ReadOnlySpan<byte> table)
    {
        var half = Vector256.Create(Vector128.Create(table), Vector128.Create(table));
        return Vector512.Create(half, half);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneFichier.Hashing;

/// <summary>Whirlpool with key and state side by side: each of four registers holds columns p and p + 4 of the key below and of the state above.</summary>
/// <remarks>
/// With the columns so paired, a turn by four is a swap of the two in a pair, and any other turn a swap or nothing but another name. The diffusion is
/// that of <see cref="WhirlpoolAvx512"/>.
/// </remarks>
internal static class WhirlpoolAvx2
{
    private static readonly Vector256<byte> Nibble = Vector256.Create((byte)15);
    private static readonly Vector256<byte> Exponential = Repeat(WhirlpoolBoxes.Exponential);
    private static readonly Vector256<byte> Logarithm = Repeat(WhirlpoolBoxes.Logarithm);
    private static readonly Vector256<byte> Random = Repeat(WhirlpoolBoxes.Random);
    private static readonly Vector256<byte> High = Repeat(WhirlpoolNibbles.High(1));
    private static readonly Vector256<byte> Low = Repeat(WhirlpoolNibbles.Low(1));
    private static readonly Vector256<byte> HighTimes4 = Repeat(WhirlpoolNibbles.High(4));
    private static readonly Vector256<byte> LowTimes4 = Repeat(WhirlpoolNibbles.Low(4));
    private static readonly Vector256<byte> Doubling = Vector256.Create(WhirlpoolNibbles.Doubling);
    private static readonly Vector256<byte> Shift0 = Shift(0);
    private static readonly Vector256<byte> Shift1 = Shift(1);
    private static readonly Vector256<byte> Shift2 = Shift(2);
    private static readonly Vector256<byte> Shift3 = Shift(3);
    private static readonly Lanes[] RoundKeys = [.. Enumerable.Range(0, WhirlpoolBoxes.Rounds).Select(RoundKey)];

    public static void Compress(ref WhirlpoolMatrix chain, ReadOnlySpan<byte> blocks)
    {
        var hash = WhirlpoolPairs.FromRows(MemoryMarshal.AsBytes((ReadOnlySpan<ulong>)chain));
        for (; blocks.Length >= WhirlpoolState.BlockSize; blocks = blocks[WhirlpoolState.BlockSize..])
        {
            var input = WhirlpoolPairs.FromRows(blocks);
            var lanes = new Lanes(Join(hash.P0, input.P0), Join(hash.P1, input.P1), Join(hash.P2, input.P2), Join(hash.P3, input.P3));
            foreach (ref readonly var roundKey in RoundKeys.AsSpan())
                lanes = Round(lanes, roundKey);
            hash ^= input ^ new WhirlpoolPairs(lanes.P0.GetUpper(), lanes.P1.GetUpper(), lanes.P2.GetUpper(), lanes.P3.GetUpper());
        }

        hash.ToRows(MemoryMarshal.AsBytes((Span<ulong>)chain));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Round(in Lanes source, in Lanes key)
    {
        var (a0, b0) = Substitute(Avx2.Shuffle(source.P0, Shift0));
        var (a1, b1) = Substitute(Avx2.Shuffle(source.P1, Shift1));
        var (a2, b2) = Substitute(Avx2.Shuffle(source.P2, Shift2));
        var (a3, b3) = Substitute(Avx2.Shuffle(source.P3, Shift3));

        var t2 = b2 ^ Swap(b3);
        var t3 = b3 ^ b0;
        var y0 = Swap(t2);
        var y1 = Swap(t3);
        var y2 = b0 ^ Swap(b1);
        var y3 = b1 ^ Swap(b2);
        var even = a0 ^ a2;
        var odd = a1 ^ a3;
        even ^= Swap(even);
        odd ^= Swap(odd);

        return new Lanes(
            AddKey(a0 ^ y0 ^ odd ^ key.P0 ^ Twice(Swap(y2) ^ a2)),
            AddKey(a1 ^ y1 ^ even ^ key.P1 ^ Twice(Swap(y3) ^ a3)),
            AddKey(a2 ^ y2 ^ odd ^ key.P2 ^ Twice(Swap(t2 ^ a0))),
            AddKey(a3 ^ y3 ^ even ^ key.P3 ^ Twice(Swap(t3 ^ a1))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Once, Vector256<byte> FourTimes) Substitute(Vector256<byte> source)
    {
        var high = Avx2.Shuffle(Exponential, Avx2.ShiftRightLogical(source.AsUInt16(), 4).AsByte() & Nibble);
        var low = Avx2.Shuffle(Logarithm, source & Nibble);
        var mix = Avx2.Shuffle(Random, high ^ low);
        high ^= mix;
        low ^= mix;
        return (Avx2.Shuffle(High, high) ^ Avx2.Shuffle(Low, low), Avx2.Shuffle(HighTimes4, high) ^ Avx2.Shuffle(LowTimes4, low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Join(Vector128<byte> hash, Vector128<byte> input) => Vector256.Create(hash, hash ^ input);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Swap(Vector256<byte> pair) => Avx2.Shuffle(pair.AsUInt32(), 0b_01_00_11_10).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Twice(Vector256<byte> value) => value + value ^ Avx2.Shuffle(Doubling, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> AddKey(Vector256<byte> lanes) => lanes ^ Avx2.Permute2x128(lanes, lanes, 0b_0000_1000);

    private static Vector256<byte> Shift(int pair) =>
        Repeat([.. Enumerable.Range(0, 16).Select(index => (byte)(index & 8 | (index - pair - index / 8 * 4) & 7))]);

    private static Vector256<byte> Repeat(ReadOnlySpan<byte> table) => Vector256.Create(Vector128.Create(table), Vector128.Create(table));

    private static Lanes RoundKey(int round)
    {
        Span<byte> row = stackalloc byte[WhirlpoolState.BlockSize];
        row.Clear();
        for (var column = 0; column < 8; column++)
            row[column] = WhirlpoolBoxes.Substitute(8 * round + column);
        var key = WhirlpoolPairs.FromRows(row);
        return new(Vector256.Create(key.P0, default), Vector256.Create(key.P1, default), Vector256.Create(key.P2, default), Vector256.Create(key.P3, default));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Lanes(Vector256<byte> p0, Vector256<byte> p1, Vector256<byte> p2, Vector256<byte> p3)
    {
        public readonly Vector256<byte> P0 = p0;
        public readonly Vector256<byte> P1 = p1;
        public readonly Vector256<byte> P2 = p2;
        public readonly Vector256<byte> P3 = p3;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneFichier.Hashing;

/// <summary>
/// Whirlpool with the whole state in one register, a row of the matrix to each 64-bit lane, for processors that look up among 128
/// bytes and multiply matrices of bits.
/// </summary>
/// <remarks>
/// The diffusion of a row adds up its turns times 1, 2, 4 and 8. All turns under one factor take two affine instructions: the first,
/// with the row as the <em>matrix</em>, multiplies its bytes and sets the result upright, in planes of bits; the second, with the
/// planes as the matrix, adds the turns and lays the sum down again. This serves 1 and 4. For 8 and 2 it is quicker to
/// add two turns times 4 to a third one and to double the sum, as described in <see cref="WhirlpoolNibbles"/>.
/// </remarks>
internal static class WhirlpoolGfni
{
    private static readonly Vector512<byte>[] RoundKeys =
        [.. Enumerable.Range(0, WhirlpoolBoxes.Rounds).Select(RoundKey)];

    private static readonly Vector512<byte> ShiftColumns =
        Vector512.Create([.. Enumerable.Range(0, 64).Select(index => (byte)((index - 8 * (index % 8)) & 63))]);

    private static readonly Vector512<byte> Substitution0 = Substitution(0x00);
    private static readonly Vector512<byte> Substitution4 = Substitution(0x40);
    private static readonly Vector512<byte> Substitution8 = Substitution(0x80);
    private static readonly Vector512<byte> SubstitutionC = Substitution(0xC0);
    private static readonly Vector512<byte> OncePlanes = PlanesOf(1);
    private static readonly Vector512<byte> OnceTurns = TurnsOf(1);
    private static readonly Vector512<byte> FourPlanes = PlanesOf(4);
    private static readonly Vector512<byte> FourTurns = TurnsOf(4);
    private static readonly Vector512<byte> Turn4 = Turn(4);
    private static readonly Vector512<byte> Turn6 = Turn(6);
    private static readonly Vector512<byte> Turn7 = Turn(7);
    private static readonly Vector512<byte> Doubling = Vector512.Create(WhirlpoolNibbles.Doubling);

    public static bool IsSupported => Gfni.V512.IsSupported && Avx512Vbmi.IsSupported;

    public static void Compress(ref WhirlpoolMatrix chain, ReadOnlySpan<byte> blocks)
    {
        var hash = Vector512.Create((ReadOnlySpan<ulong>)chain).AsByte();
        foreach (var block in MemoryMarshal.Cast<byte, Vector512<byte>>(blocks))
            hash ^= block ^ Encrypt(hash, hash ^ block);
        hash.AsUInt64().CopyTo(chain);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Encrypt(Vector512<byte> key, Vector512<byte> state)
    {
        foreach (var roundKey in RoundKeys)
        {
            key = Round(key, roundKey);
            state = Round(state, key);
        }

        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Round(Vector512<byte> source, Vector512<byte> key)
    {
        source = Avx512Vbmi.PermuteVar64x8(source, ShiftColumns);
        var row = Avx512BW.BlendVariable(
            Avx512Vbmi.PermuteVar64x8x2(Substitution0, source, Substitution4),
            Avx512Vbmi.PermuteVar64x8x2(Substitution8, source, SubstitutionC),
            source);

        var four = Affine(row, FourPlanes);
        var half = Avx512BW.Shuffle(four, Turn4) ^ Avx512BW.Shuffle(four, Turn7) ^ Avx512BW.Shuffle(row, Turn6);
        var ones = Affine(OnceTurns, Affine(OncePlanes, row));
        var fours = Affine(FourTurns, Affine(FourPlanes, row));
        return ones ^ fours ^ key ^ (half + half) ^ Avx512BW.Shuffle(Doubling, half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Affine(Vector512<byte> vectors, Vector512<byte> matrices) =>
        Gfni.V512.GaloisFieldAffineTransform(vectors, matrices, 0);

    private static Vector512<byte> Substitution(int first) =>
        Vector512.Create([.. Enumerable.Range(first, 64).Select(value => (byte)(WhirlpoolBoxes.Substitute(value) ^ WhirlpoolNibbles.Fix))]);

    private static Vector512<byte> Turn(int count) =>
        Vector512.Create([.. Enumerable.Range(0, 64).Select(index => (byte)(index & 8 | (index - count) & 7))]);

    /// <summary>The bits of a byte that make up each plane of its product: as vectors, they set a row upright; as a matrix, they multiply a byte.</summary>
    private static Vector512<byte> PlanesOf(int factor)
    {
        var masks = new byte[8];
        for (var bit = 0; bit < 8; bit++)
            for (var plane = 0; plane < 8; plane++)
                masks[7 - plane] |= (byte)((WhirlpoolBoxes.Multiply(1 << bit, factor) >> plane & 1) << bit);
        return Vector512.Create(MemoryMarshal.Read<ulong>(masks)).AsByte();
    }

    /// <summary>The columns that add up to each column of the diffusion under one factor.</summary>
    private static Vector512<byte> TurnsOf(int factor)
    {
        var masks = new byte[8];
        for (var column = 0; column < 8; column++)
            for (var turn = 0; turn < 8; turn++)
                if ((WhirlpoolBoxes.Diffusion[turn] & factor) != 0)
                    masks[column] |= (byte)(1 << (7 - ((column - turn) & 7)));
        return Vector512.Create(MemoryMarshal.Read<ulong>(masks)).AsByte();
    }

    private static Vector512<byte> RoundKey(int round)
    {
        var key = new byte[64];
        for (var column = 0; column < 8; column++)
            key[column] = WhirlpoolBoxes.Substitute(8 * round + column);
        return Vector512.Create(key);
    }
}

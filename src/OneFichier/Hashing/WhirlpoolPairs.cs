using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneFichier.Hashing;

/// <summary>The matrix by columns, those four apart together: P0 holds columns 0 and 4, P1 columns 1 and 5, and so on.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct WhirlpoolPairs(Vector128<byte> p0, Vector128<byte> p1, Vector128<byte> p2, Vector128<byte> p3)
{
    public readonly Vector128<byte> P0 = p0;
    public readonly Vector128<byte> P1 = p1;
    public readonly Vector128<byte> P2 = p2;
    public readonly Vector128<byte> P3 = p3;

    private static readonly Vector128<byte> PairRows = Vector128.Create((byte)0, 8, 4, 12, 1, 9, 5, 13, 2, 10, 6, 14, 3, 11, 7, 15);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WhirlpoolPairs operator ^(in WhirlpoolPairs left, in WhirlpoolPairs right) =>
        new(left.P0 ^ right.P0, left.P1 ^ right.P1, left.P2 ^ right.P2, left.P3 ^ right.P3);

    /// <summary>Takes the 64 bytes of a matrix in their usual order, row after row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WhirlpoolPairs FromRows(ReadOnlySpan<byte> rows)
    {
        var rows01 = TwoRows(rows);
        var rows23 = TwoRows(rows[16..]);
        var rows45 = TwoRows(rows[32..]);
        var rows67 = TwoRows(rows[48..]);
        var upperLeft = Sse2.UnpackLow(rows01, rows23).AsUInt32();
        var upperRight = Sse2.UnpackHigh(rows01, rows23).AsUInt32();
        var lowerLeft = Sse2.UnpackLow(rows45, rows67).AsUInt32();
        var lowerRight = Sse2.UnpackHigh(rows45, rows67).AsUInt32();
        return new(
            Sse2.UnpackLow(upperLeft, lowerLeft).AsByte(),
            Sse2.UnpackHigh(upperLeft, lowerLeft).AsByte(),
            Sse2.UnpackLow(upperRight, lowerRight).AsByte(),
            Sse2.UnpackHigh(upperRight, lowerRight).AsByte());
    }

    /// <summary>Writes the 64 bytes of the matrix, row after row.</summary>
    public void ToRows(Span<byte> rows)
    {
        for (var row = 0; row < 8; row++)
            for (var column = 0; column < 4; column++)
            {
                var pair = column switch { 0 => P0, 1 => P1, 2 => P2, _ => P3 };
                rows[8 * row + column] = pair[row];
                rows[8 * row + column + 4] = pair[row + 8];
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> TwoRows(ReadOnlySpan<byte> rows) => Ssse3.Shuffle(Vector128.Create(rows), PairRows).AsUInt16();
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>Sixteen blocks.</summary>
internal readonly struct Lanes512(Vector512<uint> words) : ISalsaLanes<Lanes512>
{
    private readonly Vector512<uint> _words = words;

    public static int Count => 16;

    public static Lanes512 Broadcast(uint word) => new(Vector512.Create(word));

    public static Lanes512 CountFrom(uint first) => new(Vector512.Create(first) + Vector512<uint>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Add(Lanes512 left, Lanes512 right) => new(left._words + right._words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Step(Lanes512 target, Lanes512 left, Lanes512 right, [ConstantExpected] byte rotation) =>
        new(target._words ^ Avx512F.RotateLeft(left._words + right._words, rotation));

    public static void XorBlocks(in SalsaWords<Lanes512> words, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var (first, second, third, fourth) = (Transposed(words, 0), Transposed(words, 4), Transposed(words, 8), Transposed(words, 12));
        for (var block = 0; block < 4; block++)
        {
            var (frontLow, backLow) = (Avx512F.Shuffle4x128(first[block], second[block], 0x44), Avx512F.Shuffle4x128(third[block], fourth[block], 0x44));
            var (frontHigh, backHigh) = (Avx512F.Shuffle4x128(first[block], second[block], 0xEE), Avx512F.Shuffle4x128(third[block], fourth[block], 0xEE));
            Xor(Avx512F.Shuffle4x128(frontLow, backLow, 0x88), source, destination, 64 * block);
            Xor(Avx512F.Shuffle4x128(frontLow, backLow, 0xDD), source, destination, 64 * (block + 4));
            Xor(Avx512F.Shuffle4x128(frontHigh, backHigh, 0x88), source, destination, 64 * (block + 8));
            Xor(Avx512F.Shuffle4x128(frontHigh, backHigh, 0xDD), source, destination, 64 * (block + 12));
        }
    }

    /// <summary>Four words of sixteen blocks: vector j holds those of the blocks j, j + 4, j + 8 and j + 12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Quad Transposed(in SalsaWords<Lanes512> words, int at)
    {
        var (a, b, c, d) = (words[at]._words, words[at + 1]._words, words[at + 2]._words, words[at + 3]._words);
        var (abLow, abHigh) = (Avx512F.UnpackLow(a, b).AsUInt64(), Avx512F.UnpackHigh(a, b).AsUInt64());
        var (cdLow, cdHigh) = (Avx512F.UnpackLow(c, d).AsUInt64(), Avx512F.UnpackHigh(c, d).AsUInt64());
        var quad = default(Quad);
        quad[0] = Avx512F.UnpackLow(abLow, cdLow);
        quad[1] = Avx512F.UnpackHigh(abLow, cdLow);
        quad[2] = Avx512F.UnpackLow(abHigh, cdHigh);
        quad[3] = Avx512F.UnpackHigh(abHigh, cdHigh);
        return quad;
    }

    private static void Xor(Vector512<ulong> key, ReadOnlySpan<byte> source, Span<byte> destination, int at) =>
        (key.AsByte() ^ Vector512.Create(source.Slice(at, 64))).CopyTo(destination.Slice(at, 64));

    [InlineArray(4)]
    private struct Quad
    {
        private Vector512<ulong> _first;
    }
}

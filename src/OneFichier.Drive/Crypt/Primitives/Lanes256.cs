using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>Eight blocks.</summary>
internal readonly struct Lanes256(Vector256<uint> words) : ISalsaLanes<Lanes256>
{
    private readonly Vector256<uint> _words = words;

    public static int Count => 8;

    public static Lanes256 Broadcast(uint word) => new(Vector256.Create(word));

    public static Lanes256 CountFrom(uint first) => new(Vector256.Create(first) + Vector256<uint>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 left, Lanes256 right) => new(left._words + right._words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Step(Lanes256 target, Lanes256 left, Lanes256 right, [ConstantExpected] byte rotation)
    {
        var sum = left._words + right._words;
        return new(target._words ^ (sum << rotation) ^ (sum >>> (32 - rotation)));
    }

    public static void XorBlocks(in SalsaWords<Lanes256> words, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        for (var half = 0; half < 2; half++)
        {
            var (left, right) = (Transposed(words, 8 * half), Transposed(words, 8 * half + 4));
            for (var block = 0; block < 4; block++)
            {
                Xor(Avx2.Permute2x128(left[block], right[block], 0x20), source, destination, 64 * block + 32 * half);
                Xor(Avx2.Permute2x128(left[block], right[block], 0x31), source, destination, 64 * (block + 4) + 32 * half);
            }
        }
    }

    /// <summary>Four words of eight blocks: vector j holds those of block j and of block j + 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Quad Transposed(in SalsaWords<Lanes256> words, int at)
    {
        var (a, b, c, d) = (words[at]._words, words[at + 1]._words, words[at + 2]._words, words[at + 3]._words);
        var (abLow, abHigh) = (Avx2.UnpackLow(a, b).AsUInt64(), Avx2.UnpackHigh(a, b).AsUInt64());
        var (cdLow, cdHigh) = (Avx2.UnpackLow(c, d).AsUInt64(), Avx2.UnpackHigh(c, d).AsUInt64());
        var quad = default(Quad);
        quad[0] = Avx2.UnpackLow(abLow, cdLow);
        quad[1] = Avx2.UnpackHigh(abLow, cdLow);
        quad[2] = Avx2.UnpackLow(abHigh, cdHigh);
        quad[3] = Avx2.UnpackHigh(abHigh, cdHigh);
        return quad;
    }

    private static void Xor(Vector256<ulong> key, ReadOnlySpan<byte> source, Span<byte> destination, int at) =>
        (key.AsByte() ^ Vector256.Create(source.Slice(at, 32))).CopyTo(destination.Slice(at, 32));

    [InlineArray(4)]
    private struct Quad
    {
        private Vector256<ulong> _first;
    }
}

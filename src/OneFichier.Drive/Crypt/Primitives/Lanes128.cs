using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>Four blocks.</summary>
internal readonly struct Lanes128(Vector128<uint> words) : ISalsaLanes<Lanes128>
{
    private readonly Vector128<uint> _words = words;

    public static int Count => 4;

    public static Lanes128 Broadcast(uint word) => new(Vector128.Create(word));

    public static Lanes128 CountFrom(uint first) => new(Vector128.Create(first) + Vector128<uint>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 left, Lanes128 right) => new(left._words + right._words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Step(Lanes128 target, Lanes128 left, Lanes128 right, [ConstantExpected] byte rotation)
    {
        var sum = left._words + right._words;
        return new(target._words ^ (sum << rotation) ^ (sum >>> (32 - rotation)));
    }

    public static void XorBlocks(in SalsaWords<Lanes128> words, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        for (var group = 0; group < 4; group++)
        {
            var (a, b, c, d) = (words[4 * group]._words, words[4 * group + 1]._words, words[4 * group + 2]._words, words[4 * group + 3]._words);
            var (abLow, abHigh) = (ZipLow(a, b).AsUInt64(), ZipHigh(a, b).AsUInt64());
            var (cdLow, cdHigh) = (ZipLow(c, d).AsUInt64(), ZipHigh(c, d).AsUInt64());
            Xor(Vector128.Create(abLow.GetElement(0), cdLow.GetElement(0)), source, destination, 16 * group);
            Xor(Vector128.Create(abLow.GetElement(1), cdLow.GetElement(1)), source, destination, 64 + 16 * group);
            Xor(Vector128.Create(abHigh.GetElement(0), cdHigh.GetElement(0)), source, destination, 128 + 16 * group);
            Xor(Vector128.Create(abHigh.GetElement(1), cdHigh.GetElement(1)), source, destination, 192 + 16 * group);
        }
    }

    private static void Xor(Vector128<ulong> key, ReadOnlySpan<byte> source, Span<byte> destination, int at) =>
        (key.AsByte() ^ Vector128.Create(source.Slice(at, 16))).CopyTo(destination.Slice(at, 16));

    private static Vector128<uint> ZipLow(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : throw new PlatformNotSupportedException();

    private static Vector128<uint> ZipHigh(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : throw new PlatformNotSupportedException();
}

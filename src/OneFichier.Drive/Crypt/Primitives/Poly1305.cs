using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>The one-time authenticator Poly1305 (RFC 8439, section 2.5).</summary>
public static class Poly1305
{
    /// <summary>The length of a key in bytes. A key is good for one message.</summary>
    public const int KeySize = 32;

    /// <summary>The length of a tag in bytes.</summary>
    public const int TagSize = 16;

    private const int BlockSize = 16;

    /// <summary>Computes the tag of a message.</summary>
    public static void Tag(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> tag)
    {
        var sum = new PolyAccumulator(key[..BlockSize]);
        var whole = message.Length & -BlockSize;
        sum.Append(message[..whole], 1);
        if (whole < message.Length)
        {
            Span<byte> last = stackalloc byte[BlockSize];
            last.Clear();
            message[whole..].CopyTo(last);
            last[message.Length - whole] = 1;
            sum.Append(last, 0);
        }

        sum.Finish(key[BlockSize..KeySize], tag);
    }
}

/// <summary>A number modulo 2^130 - 5 in three words, of which the highest holds a few bits.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct PolyAccumulator
{
    private const ulong ClampLow = 0x0FFFFFFC0FFFFFFF;
    private const ulong ClampHigh = 0x0FFFFFFC0FFFFFFC;

    private readonly ulong _r0;
    private readonly ulong _r1;
    private ulong _h0;
    private ulong _h1;
    private ulong _h2;

    public PolyAccumulator(ReadOnlySpan<byte> factor)
    {
        _r0 = BinaryPrimitives.ReadUInt64LittleEndian(factor) & ClampLow;
        _r1 = BinaryPrimitives.ReadUInt64LittleEndian(factor[8..]) & ClampHigh;
    }

    /// <summary>Adds each block with <paramref name="top"/> as its bit 128, and multiplies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(ReadOnlySpan<byte> blocks, ulong top)
    {
        var (r0, r1, s1) = (_r0, _r1, _r1 + (_r1 >> 2));
        var (h0, h1, h2) = (_h0, _h1, _h2);
        while (blocks.Length >= 16)
        {
            h2 += Add(ref h0, ref h1, BinaryPrimitives.ReadUInt64LittleEndian(blocks), BinaryPrimitives.ReadUInt64LittleEndian(blocks[8..])) + top;
            blocks = blocks[16..];

            var high0 = Math.BigMul(h0, r0, out var low0);
            high0 += Math.BigMul(h1, s1, out var more) + AddTo(ref low0, more);
            var high1 = Math.BigMul(h0, r1, out var low1);
            high1 += Math.BigMul(h1, r0, out more) + AddTo(ref low1, more);
            high1 += AddTo(ref low1, h2 * s1) + AddTo(ref low1, high0);
            var top2 = h2 * r0 + high1;

            h2 = top2 & 3;
            (h0, h1) = (low0, low1);
            h2 += Add(ref h0, ref h1, (top2 & ~3UL) + (top2 >> 2), 0);
        }

        (_h0, _h1, _h2) = (h0, h1, h2);
    }

    /// <summary>Reduces the number fully, without a branch on it, and adds the second half of the key.</summary>
    public readonly void Finish(ReadOnlySpan<byte> pad, Span<byte> tag)
    {
        var (h0, h1) = (_h0, _h1);
        var (g0, g1) = (h0, h1);
        var g2 = _h2 + Add(ref g0, ref g1, 5, 0);
        var reduced = 0 - ((g2 >> 2) & 1);
        h0 = (h0 & ~reduced) | (g0 & reduced);
        h1 = (h1 & ~reduced) | (g1 & reduced);
        _ = Add(ref h0, ref h1, BinaryPrimitives.ReadUInt64LittleEndian(pad), BinaryPrimitives.ReadUInt64LittleEndian(pad[8..]));
        BinaryPrimitives.WriteUInt64LittleEndian(tag, h0);
        BinaryPrimitives.WriteUInt64LittleEndian(tag[8..], h1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ref ulong low, ref ulong high, ulong lowMore, ulong highMore)
    {
        var carry = AddTo(ref low, lowMore);
        return AddTo(ref high, highMore) + AddTo(ref high, carry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddTo(ref ulong sum, ulong more)
    {
        sum += more;
        return sum < more ? 1UL : 0UL;
    }
}

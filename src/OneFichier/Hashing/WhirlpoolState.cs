using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneFichier.Hashing;

/// <summary>A hash under way: the chaining value, the bytes that do not yet fill a block, and the count of all bytes so far.</summary>
/// <remarks>
/// Content may be as long as 2^64 - 1 bytes. A copy goes its own way.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal struct WhirlpoolState
{
    public const int BlockSize = 64;
    private const int CountSize = 32;

    private WhirlpoolMatrix _chain;
    private WhirlpoolBlock _pending;
    private ulong _length;

    /// <summary>How the blocks are to be compressed; never <see cref="WhirlpoolImplementation.Auto"/>.</summary>
    public required WhirlpoolImplementation Implementation { get; init; }

    private readonly int PendingLength => (int)(_length % BlockSize);

    public void Append(ReadOnlySpan<byte> source)
    {
        source = CompletePending(source);
        var whole = source.Length & -BlockSize;
        Compress(ref _chain, source[..whole]);
        source[whole..].CopyTo(_pending);
        _length += (ulong)source.Length;
    }

    public readonly WhirlpoolHash Finish()
    {
        Span<byte> tail = stackalloc byte[2 * BlockSize];
        tail.Clear();
        var pending = PendingLength;
        ((ReadOnlySpan<byte>)_pending)[..pending].CopyTo(tail);
        tail[pending] = 0x80;
        tail = tail[..(pending + 1 <= BlockSize - CountSize ? BlockSize : 2 * BlockSize)];
        BinaryPrimitives.WriteUInt128BigEndian(tail[^16..], (UInt128)_length * 8);

        var chain = _chain;
        Compress(ref chain, tail);
        return WhirlpoolHash.FromBytes(MemoryMarshal.AsBytes((Span<ulong>)chain));
    }

    private ReadOnlySpan<byte> CompletePending(ReadOnlySpan<byte> source)
    {
        var pending = PendingLength;
        if (pending == 0)
            return source;
        var taken = Math.Min(BlockSize - pending, source.Length);
        source[..taken].CopyTo(((Span<byte>)_pending)[pending..]);
        _length += (ulong)taken;
        if (PendingLength == 0 && taken > 0)
            Compress(ref _chain, _pending);
        return source[taken..];
    }

    private readonly void Compress(ref WhirlpoolMatrix chain, ReadOnlySpan<byte> blocks)
    {
        switch (Implementation)
        {
            case WhirlpoolImplementation.Gfni:
                WhirlpoolGfni.Compress(ref chain, blocks);
                break;
            case WhirlpoolImplementation.Avx512:
                WhirlpoolAvx512.Compress(ref chain, blocks);
                break;
            case WhirlpoolImplementation.Avx2:
                WhirlpoolAvx2.Compress(ref chain, blocks);
                break;
            default:
                WhirlpoolPortable.Compress(ref chain, blocks);
                break;
        }
    }
}

/// <summary>Eight rows of eight bytes, the first column in the lowest byte of a row: in memory, the bytes in their order.</summary>
[InlineArray(8)]
internal struct WhirlpoolMatrix
{
    private ulong _row;
}

/// <summary>Room for one block of input.</summary>
[InlineArray(WhirlpoolState.BlockSize)]
internal struct WhirlpoolBlock
{
    private byte _byte;
}

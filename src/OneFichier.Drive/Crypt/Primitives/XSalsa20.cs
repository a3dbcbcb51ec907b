using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>The key stream of one XSalsa20 nonce, laid over bytes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct XSalsa20
{
    public const int NonceSize = 24;

    private const int LargestStride = 16 * Salsa20.BlockSize;

    private readonly SalsaWords<uint> _state;
    private readonly SalsaImplementation _implementation;

    public XSalsa20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, SalsaImplementation implementation)
    {
        Span<byte> derived = stackalloc byte[32];
        Salsa20.HSalsa(key, nonce[..16], derived);
        _state = Salsa20.State(derived, nonce[16..]);
        _implementation = implementation == SalsaImplementation.Auto ? SalsaImplementations.Best : implementation;
        CryptographicOperations.ZeroMemory(derived);
    }

    private int Stride => _implementation switch
    {
        SalsaImplementation.Vector512 => Lanes512.Count * Salsa20.BlockSize,
        SalsaImplementation.Vector256 => Lanes256.Count * Salsa20.BlockSize,
        SalsaImplementation.Vector128 => Lanes128.Count * Salsa20.BlockSize,
        _ => Salsa20.BlockSize,
    };

    /// <summary>Fills <paramref name="head"/> with the first bytes of the key stream, and combines <paramref name="source"/> with those that follow.</summary>
    /// <param name="head">At most one block.</param>
    /// <param name="source">The bytes.</param>
    /// <param name="destination">As long as the source; may be the same bytes.</param>
    public void Xor(Span<byte> head, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Span<byte> whole = stackalloc byte[LargestStride];
        whole = whole[..Stride];
        var stream = whole[..(head.Length + source.Length <= Salsa20.BlockSize ? Salsa20.BlockSize : whole.Length)];
        Fill(0, stream);
        stream[..head.Length].CopyTo(head);
        var done = Math.Min(source.Length, stream.Length - head.Length);
        XorBytes(source[..done], stream[head.Length..], destination);

        var counter = (uint)(stream.Length / Salsa20.BlockSize);
        for (; source.Length - done >= stream.Length; done += stream.Length, counter += (uint)(stream.Length / Salsa20.BlockSize))
            XorStride(counter, source.Slice(done, stream.Length), destination.Slice(done, stream.Length));
        if (done < source.Length)
        {
            stream = stream[..(source.Length - done <= Salsa20.BlockSize ? Salsa20.BlockSize : stream.Length)];
            Fill(counter, stream);
            XorBytes(source[done..], stream, destination[done..]);
        }

        CryptographicOperations.ZeroMemory(whole);
    }

    private void Fill(uint counter, Span<byte> stream)
    {
        if (stream.Length == Salsa20.BlockSize)
        {
            Salsa20.Block(_state, counter, stream);
            return;
        }

        stream.Clear();
        XorStride(counter, stream, stream);
    }

    private void XorStride(uint counter, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        switch (_implementation)
        {
            case SalsaImplementation.Vector512:
                SalsaKernel<Lanes512>.Xor(_state, counter, source, destination);
                break;
            case SalsaImplementation.Vector256:
                SalsaKernel<Lanes256>.Xor(_state, counter, source, destination);
                break;
            case SalsaImplementation.Vector128:
                SalsaKernel<Lanes128>.Xor(_state, counter, source, destination);
                break;
            default:
                Span<byte> block = stackalloc byte[Salsa20.BlockSize];
                Salsa20.Block(_state, counter, block);
                XorBytes(source, block, destination);
                break;
        }
    }

    private static void XorBytes(ReadOnlySpan<byte> source, ReadOnlySpan<byte> stream, Span<byte> destination)
    {
        var words = source.Length / sizeof(ulong);
        var from = MemoryMarshal.Cast<byte, ulong>(source);
        var key = MemoryMarshal.Cast<byte, ulong>(stream);
        var to = MemoryMarshal.Cast<byte, ulong>(destination);
        for (var i = 0; i < words; i++)
            to[i] = from[i] ^ key[i];
        for (var i = words * sizeof(ulong); i < source.Length; i++)
            destination[i] = (byte)(source[i] ^ stream[i]);
    }
}

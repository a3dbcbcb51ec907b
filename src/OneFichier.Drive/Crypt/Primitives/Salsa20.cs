using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>The Salsa20 core, and the key derivation HSalsa20 that gives XSalsa20 its long nonce (Bernstein, "Extending the Salsa20 nonce").</summary>
internal static class Salsa20
{
    public const int BlockSize = 64;
    public const int CounterWord = 8;

    private const int NonceWord = 6;

    /// <summary>The state for a key of 32 bytes and 8 (Salsa20) or 16 bytes (HSalsa20) in the words after it.</summary>
    public static SalsaWords<uint> State(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input)
    {
        var state = default(SalsaWords<uint>);
        (state[0], state[5], state[10], state[15]) = (0x61707865, 0x3320646e, 0x79622d32, 0x6b206574);
        for (var i = 0; i < 4; i++)
        {
            state[1 + i] = Word(key, i);
            state[11 + i] = Word(key, 4 + i);
        }

        for (var i = 0; i < input.Length / 4; i++)
            state[NonceWord + i] = Word(input, i);
        return state;
    }

    /// <summary>The key XSalsa20 uses for all nonces that begin with these 16 bytes.</summary>
    public static void HSalsa(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> derived)
    {
        var state = State(key, input);
        Rounds(ref state, 20);
        ReadOnlySpan<int> kept = [0, 5, 10, 15, 6, 7, 8, 9];
        for (var i = 0; i < kept.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(derived[(4 * i)..], state[kept[i]]);
    }

    /// <summary>One block of the key stream.</summary>
    public static void Block(SalsaWords<uint> state, uint counter, Span<byte> block)
    {
        state[CounterWord] = counter;
        var words = state;
        Rounds(ref words, 20);
        for (var i = 0; i < 16; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(block[(4 * i)..], words[i] + state[i]);
    }

    /// <summary>The permutation alone, of as many rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rounds(ref SalsaWords<uint> x, int rounds)
    {
        uint x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
        uint x8 = x[8], x9 = x[9], x10 = x[10], x11 = x[11], x12 = x[12], x13 = x[13], x14 = x[14], x15 = x[15];
        for (var round = 0; round < rounds; round += 2)
        {
            Quarter(ref x0, ref x4, ref x8, ref x12);
            Quarter(ref x5, ref x9, ref x13, ref x1);
            Quarter(ref x10, ref x14, ref x2, ref x6);
            Quarter(ref x15, ref x3, ref x7, ref x11);
            Quarter(ref x0, ref x1, ref x2, ref x3);
            Quarter(ref x5, ref x6, ref x7, ref x4);
            Quarter(ref x10, ref x11, ref x8, ref x9);
            Quarter(ref x15, ref x12, ref x13, ref x14);
        }

        (x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]) = (x0, x1, x2, x3, x4, x5, x6, x7);
        (x[8], x[9], x[10], x[11], x[12], x[13], x[14], x[15]) = (x8, x9, x10, x11, x12, x13, x14, x15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        b ^= BitOperations.RotateLeft(a + d, 7);
        c ^= BitOperations.RotateLeft(b + a, 9);
        d ^= BitOperations.RotateLeft(c + b, 13);
        a ^= BitOperations.RotateLeft(d + c, 18);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * index)..]);
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>What scrypt costs whoever computes it: 128 · N · r bytes of memory, and time in proportion to that and p.</summary>
/// <param name="N">Rows of the table; a power of two.</param>
/// <param name="R">The size of a row, in units of 128 bytes.</param>
/// <param name="P">How often the table is made.</param>
public sealed record ScryptCost(int N, int R, int P);

/// <summary>The password-based key derivation function scrypt (RFC 7914).</summary>
public static class Scrypt
{
    /// <summary>Fills <paramref name="key"/> from a password and a salt.</summary>
    public static void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ScryptCost cost, Span<byte> key)
    {
        ArgumentNullException.ThrowIfNull(cost);
        if (!BitOperations.IsPow2(cost.N) || cost.N < 2 || cost.R < 1 || cost.P < 1)
            throw new ArgumentException($"N must be a power of two, r and p positive: {cost}.", nameof(cost));

        var blocks = new byte[128 * cost.R * cost.P];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, blocks, 1, HashAlgorithmName.SHA256);
        var words = new uint[32 * cost.R];
        var table = new uint[checked(words.Length * cost.N)];
        foreach (var start in Enumerable.Range(0, cost.P).Select(i => i * 128 * cost.R))
            MixBlock(blocks.AsSpan(start, 128 * cost.R), words, table, cost);
        Rfc2898DeriveBytes.Pbkdf2(password, blocks, key, 1, HashAlgorithmName.SHA256);
        CryptographicOperations.ZeroMemory(blocks);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(words.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(table.AsSpan()));
    }

    private static void MixBlock(Span<byte> block, Span<uint> words, Span<uint> table, ScryptCost cost)
    {
        for (var i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);
        Span<uint> other = new uint[words.Length];
        for (var row = 0; row < cost.N; row++)
        {
            words.CopyTo(table[(row * words.Length)..]);
            Mix(words, other, cost.R);
        }

        for (var round = 0; round < cost.N; round++)
        {
            var row = (int)(words[(2 * cost.R - 1) * 16] & (uint)(cost.N - 1));
            Xor(words, table.Slice(row * words.Length, words.Length));
            Mix(words, other, cost.R);
        }

        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(block[(4 * i)..], words[i]);
    }

    /// <summary>BlockMix: even blocks of 64 bytes go to the first half, odd ones to the second.</summary>
    private static void Mix(Span<uint> words, Span<uint> mixed, int r)
    {
        var state = default(SalsaWords<uint>);
        words[^16..].CopyTo(state);
        for (var i = 0; i < 2 * r; i++)
        {
            Xor(state, words.Slice(16 * i, 16));
            var rounds = state;
            Salsa20.Rounds(ref rounds, 8);
            for (var word = 0; word < 16; word++)
                state[word] += rounds[word];
            ((ReadOnlySpan<uint>)state).CopyTo(mixed[(16 * (i / 2 + i % 2 * r))..]);
        }

        mixed.CopyTo(words);
    }

    private static void Xor(Span<uint> target, ReadOnlySpan<uint> source)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] ^= source[i];
    }
}

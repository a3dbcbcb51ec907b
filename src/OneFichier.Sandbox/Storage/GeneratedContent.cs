using System.Buffers.Binary;

namespace OneFichier.Sandbox.Storage;

/// <summary>Bytes that are a function of a seed and a position, and so need no room.</summary>
internal sealed class GeneratedContent(ulong seed, long size) : Content
{
    private byte[]? checksum;

    public ulong Seed => seed;

    public override long Size => size;

    public override byte[] Checksum => checksum ??= Hash();

    public override Stream Open(long offset) => new GeneratedStream(seed, size) { Position = offset };

    internal static void Fill(ulong seed, long position, Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[8];
        while (buffer.Length > 0)
        {
            var within = (int)(position & 7);
            BinaryPrimitives.WriteUInt64LittleEndian(word, SplitMix.Word(seed, (ulong)(position >> 3)));
            var count = Math.Min(8 - within, buffer.Length);
            word.Slice(within, count).CopyTo(buffer);
            buffer = buffer[count..];
            position += count;
        }
    }

    private byte[] Hash()
    {
        using var hash = new WhirlpoolHash();
        var buffer = new byte[(int)Math.Min(size, 65536)];
        for (long at = 0; at < size; at += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, size - at));
            Fill(seed, at, part);
            hash.Append(part);
        }

        return hash.Finish();
    }
}

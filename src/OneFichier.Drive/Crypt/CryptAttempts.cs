using System.Buffers.Binary;

namespace OneFichier.Drive.Crypt;

/// <summary>
/// What all attempts at a new file share: the nonce, so that they give the same bytes; what its blocks became (eight bytes of each tag), since two contents under one nonce betray each other and a source that
/// changed meanwhile must not be sent; and what was wrong with the source at the last of them.
/// </summary>
internal sealed class CryptAttempts(byte[] nonce)
{
    private readonly Lock _gate = new();
    private readonly List<ulong> _tags = [];

    public byte[] Nonce { get; } = nonce;

    public Exception? Failure { get; set; }

    /// <summary>Remembers a block, or tells whether it is the one that is remembered.</summary>
    public bool Confirm(long block, ReadOnlySpan<byte> box)
    {
        var tag = BinaryPrimitives.ReadUInt64LittleEndian(box);
        lock (_gate)
        {
            if (block < _tags.Count)
                return _tags[(int)block] == tag;
            _tags.Add(tag);
            return true;
        }
    }
}

using OneFichier.Drive.Crypt.Primitives;

namespace OneFichier.Drive.Crypt;

/// <summary>A part of an encrypted file in the clear. No byte is given out before the box it was in has proven authentic.</summary>
/// <param name="stored">The boxes that hold the part, from the start of the first.</param>
/// <param name="keys">The keys.</param>
/// <param name="nonce">The nonce of the file.</param>
/// <param name="part">What is wanted of which file.</param>
internal sealed class DecryptingStream(Stream stored, CryptKeys keys, byte[] nonce, CryptPart part) : BlockStream
{
    private readonly byte[] _box = new byte[(int)Math.Min(CryptLayout.BoxSize, CryptLayout.TagSize + part.Size)];
    private readonly byte[] _plain = new byte[(int)Math.Min(CryptLayout.BlockSize, part.Size)];
    private long _at = part.Offset;

    protected override async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        if (_at == part.End)
            return default;
        var block = _at / CryptLayout.BlockSize;
        var start = block * CryptLayout.BlockSize;
        var length = (int)Math.Min(CryptLayout.BlockSize, part.Size - start);
        var box = _box.AsMemory(0, CryptLayout.TagSize + length);
        if (await stored.ReadAtLeastAsync(box, box.Length, throwOnEndOfStream: false, cancellationToken) < box.Length)
            throw new FichierIntegrityException($"'{part.Path}' ends in the middle, in block {block}.");

        Open(block, box.Span, _plain.AsSpan(0, length));
        var skip = (int)(_at - start);
        _at = Math.Min(part.End, start + length);
        return _plain.AsMemory(skip, (int)(_at - start) - skip);
    }

    private void Open(long block, ReadOnlySpan<byte> box, Span<byte> plain)
    {
        Span<byte> blockNonce = stackalloc byte[CryptLayout.NonceSize];
        CryptLayout.NonceOf(nonce, block, blockNonce);
        if (SecretBox.TryOpen(keys.DataKey, blockNonce, box, plain))
            return;
        part.Refused();
        throw new FichierIntegrityException($"Block {block} of '{part.Path}' is not what was encrypted with this password.")
        {
            Remedy = "Check the password and its salt; if other files open, this one is damaged.",
        };
    }

    public override async ValueTask DisposeAsync()
    {
        await stored.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stored.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What is wanted of an encrypted file.</summary>
/// <param name="Path">Its plain path.</param>
/// <param name="Size">The size of its content.</param>
/// <param name="Offset">The first byte wanted.</param>
/// <param name="End">The first byte no longer wanted.</param>
/// <param name="Refused">Told when a box proves not authentic.</param>
internal sealed record CryptPart(VolumePath Path, long Size, long Offset, long End, Action Refused)
{
    /// <summary>Where the boxes that hold it lie in the encrypted file.</summary>
    public ByteRange Boxes
    {
        get
        {
            var first = CryptLayout.HeaderSize + Offset / CryptLayout.BlockSize * CryptLayout.BoxSize;
            var end = Math.Min(CryptLayout.Encrypted(Size), CryptLayout.HeaderSize + (End + CryptLayout.BlockSize - 1) / CryptLayout.BlockSize * CryptLayout.BoxSize);
            return new ByteRange(first, end - first);
        }
    }
}

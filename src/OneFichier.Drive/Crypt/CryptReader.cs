using System.Collections.Concurrent;

namespace OneFichier.Drive.Crypt;

/// <summary>Opens encrypted files, or the boxes a part of them is in.</summary>
internal sealed class CryptReader(IVolume inner, CryptKeys keys)
{
    private const int RememberedNonces = 4096;

    private readonly ConcurrentDictionary<Entry, byte[]> _nonces = new();

    /// <exception cref="ArgumentOutOfRangeException">The range reaches beyond the file.</exception>
    /// <exception cref="FichierIntegrityException">It is no encrypted file.</exception>
    public async Task<Stream> OpenAsync(VolumePath path, Entry stored, ByteRange range, CancellationToken cancellationToken)
    {
        var size = CryptLayout.Plain(stored.Size) ?? throw new FichierIntegrityException($"'{path}' has {stored.Size} bytes, which no encrypted file has.");
        var part = new CryptPart(path, size, range.Offset, range.Offset + range.LengthIn(size), () => _nonces.TryRemove(stored, out _));
        if (part.Offset == part.End && size > 0)
            return new MemoryStream([], writable: false);
        if (part.Offset < CryptLayout.BlockSize && !_nonces.ContainsKey(stored))
            return await OpenWithHeaderAsync(stored, part, cancellationToken);

        var nonce = await NonceAsync(path, stored, cancellationToken);
        return new DecryptingStream(await inner.OpenAsync(stored.Path, part.Boxes, cancellationToken), keys, nonce, part);
    }

    private async Task<Stream> OpenWithHeaderAsync(Entry stored, CryptPart part, CancellationToken cancellationToken)
    {
        var boxes = part.Boxes;
        var stream = await inner.OpenAsync(stored.Path, new ByteRange(0, boxes.Offset + boxes.Length), cancellationToken);
        try
        {
            return new DecryptingStream(stream, keys, Remember(stored, await HeaderAsync(stream, part.Path, cancellationToken)), part);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<byte[]> NonceAsync(VolumePath path, Entry stored, CancellationToken cancellationToken)
    {
        if (_nonces.TryGetValue(stored, out var known))
            return known;
        await using var stream = await inner.OpenAsync(stored.Path, new ByteRange(0, CryptLayout.HeaderSize), cancellationToken);
        return Remember(stored, await HeaderAsync(stream, path, cancellationToken));
    }

    private static async Task<byte[]> HeaderAsync(Stream stream, VolumePath path, CancellationToken cancellationToken)
    {
        var header = new byte[CryptLayout.HeaderSize];
        var read = await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        return read == header.Length && header.AsSpan().StartsWith(CryptLayout.Magic)
            ? header[CryptLayout.Magic.Length..]
            : throw new FichierIntegrityException($"'{path}' does not begin as an encrypted file does.") { Remedy = "It was not encrypted by rclone or fichier, or is damaged." };
    }

    /// <summary>Only where a later file at the same path can be told from this one.</summary>
    private byte[] Remember(Entry stored, byte[] nonce)
    {
        if (stored.Id is null)
            return nonce;
        if (_nonces.Count >= RememberedNonces)
            _nonces.Clear();
        _nonces[stored] = nonce;
        return nonce;
    }
}

using OneFichier.Drive.Crypt.Primitives;
using OneFichier.Hashing;

namespace OneFichier.Drive.Crypt;

/// <summary>
/// A new file as it is stored. The last box is given out only when the source has ended where it was said to and with the checksum it was said to have, so that nothing wrong is ever stored whole.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="source">Its content.</param>
/// <param name="keys">The keys.</param>
/// <param name="attempts">What all attempts at the file share.</param>
internal sealed class EncryptingStream(NewFile file, Stream source, CryptKeys keys, CryptAttempts attempts) : BlockStream
{
    private readonly byte[] _plain = new byte[(int)Math.Min(file.Length, CryptLayout.BlockSize)];
    private readonly byte[] _box = new byte[CryptLayout.HeaderSize + CryptLayout.TagSize + (int)Math.Min(file.Length, CryptLayout.BlockSize)];
    private readonly Whirlpool? _whirlpool = file.Checksum is null ? null : new Whirlpool();
    private long _blocks = -1;
    private long _done;

    protected override async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await MakeAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            attempts.Failure = e;
            throw;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> MakeAsync(CancellationToken cancellationToken)
    {
        if (_blocks++ < 0)
        {
            if (file.Length == 0)
                await CheckEndAsync(cancellationToken);
            CryptLayout.Magic.CopyTo(_box);
            attempts.Nonce.CopyTo(_box.AsSpan(CryptLayout.Magic.Length));
            return _box.AsMemory(0, CryptLayout.HeaderSize);
        }

        var length = (int)Math.Min(_plain.Length, file.Length - _done);
        if (length == 0)
            return default;
        var read = await source.ReadAtLeastAsync(_plain.AsMemory(0, length), length, throwOnEndOfStream: false, cancellationToken);
        _done += read;
        if (read < length)
            throw new FichierSourceException(file.Path.ToString(), $"ended after {_done} of {file.Length} bytes");
        _whirlpool?.AppendData(_plain.AsSpan(0, length));
        if (_done == file.Length)
            await CheckEndAsync(cancellationToken);
        return Sealed(length);
    }

    private Memory<byte> Sealed(int length)
    {
        Span<byte> blockNonce = stackalloc byte[CryptLayout.NonceSize];
        CryptLayout.NonceOf(attempts.Nonce, _blocks - 1, blockNonce);
        var box = _box.AsMemory(0, CryptLayout.TagSize + length);
        SecretBox.Seal(keys.DataKey, blockNonce, _plain.AsSpan(0, length), box.Span);
        return attempts.Confirm(_blocks - 1, box.Span) ? box : throw new FichierSourceException(file.Path.ToString(), "changed between two attempts to send it");
    }

    private async ValueTask CheckEndAsync(CancellationToken cancellationToken)
    {
        if (await source.ReadAsync(new byte[1], cancellationToken) > 0)
            throw new FichierSourceException(file.Path.ToString(), $"has more than the {file.Length} bytes it was said to have");
        if (file.Checksum is { } wanted && _whirlpool!.GetCurrentHash() is var found && found != wanted)
            throw new FichierIntegrityException($"What was read of '{file.Path}' has the checksum {found}, not {wanted}.");
    }

    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            _whirlpool?.Dispose();
        }

        base.Dispose(disposing);
    }
}

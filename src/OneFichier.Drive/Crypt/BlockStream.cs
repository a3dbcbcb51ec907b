namespace OneFichier.Drive.Crypt;

/// <summary>A stream read once, from front to back, that is made piece by piece.</summary>
internal abstract class BlockStream : Stream
{
    private ReadOnlyMemory<byte> _ready;

    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException("The stream is read once, from front to back.");

    public sealed override long Position
    {
        get => throw new NotSupportedException("The stream is read once, from front to back.");
        set => throw new NotSupportedException("The stream is read once, from front to back.");
    }

    /// <summary>The next piece, good until the next call; empty at the end.</summary>
    protected abstract ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken);

    public sealed override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ready.IsEmpty && !buffer.IsEmpty)
            _ready = await NextAsync(cancellationToken);
        var read = Math.Min(buffer.Length, _ready.Length);
        _ready[..read].CopyTo(buffer);
        _ready = _ready[read..];
        return read;
    }

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public sealed override void Flush() { }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream is read once, from front to back.");

    public sealed override void SetLength(long value) => throw new NotSupportedException("The stream is read only.");

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is read only.");
}

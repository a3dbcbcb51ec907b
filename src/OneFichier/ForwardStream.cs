namespace OneFichier;

/// <summary>A stream that is read once, from front to back, over another that it owns; only the asynchronous read is left to write.</summary>
public abstract class ForwardStream(Stream inner) : Stream
{
    /// <inheritdoc/>
    public sealed override bool CanRead => true;

    /// <inheritdoc/>
    public sealed override bool CanSeek => false;

    /// <inheritdoc/>
    public sealed override bool CanWrite => false;

    /// <inheritdoc/>
    public sealed override long Length => throw Once();

    /// <inheritdoc/>
    public sealed override long Position
    {
        get => throw Once();
        set => throw Once();
    }

    /// <summary>The stream underneath.</summary>
    protected Stream Inner => inner;

    /// <inheritdoc/>
    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public sealed override void Flush() { }

    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw Once();

    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw ReadOnly();

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => throw ReadOnly();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static NotSupportedException Once() => new("The stream is read once, from front to back.");

    private static NotSupportedException ReadOnly() => new("The stream is read only.");
}

namespace OneFichier.Wire;

/// <summary>Skips what was not asked for, ends after what was, and throws where the body ends before it.</summary>
internal sealed class ExactStream(Stream inner, long skip, long? length) : Stream
{
    private long _skip = skip;
    private long _left = length ?? long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The stream is read once, from front to back.");

    public override long Position
    {
        get => throw new NotSupportedException("The stream is read once, from front to back.");
        set => throw new NotSupportedException("The stream is read once, from front to back.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_skip > 0)
        {
            var skipped = await InnerAsync(buffer[..(int)Math.Min(buffer.Length, _skip)], cancellationToken).ConfigureAwait(false);
            _skip -= skipped > 0 ? skipped : throw Short();
        }

        if (_left == 0 || buffer.Length == 0)
        {
            return 0;
        }

        var read = await InnerAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken).ConfigureAwait(false);
        if (read == 0 && length is not null)
        {
            throw Short();
        }

        _left -= read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream is read once, from front to back.");

    public override void SetLength(long value) => throw new NotSupportedException("The stream is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is read only.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> InnerAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new FichierUnavailableException($"The download broke off: {e.Message}", e);
        }
    }

    private static FichierUnavailableException Short() => new("The download ended before all bytes had come.");
}

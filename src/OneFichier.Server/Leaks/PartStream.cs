namespace OneFichier.Server.Leaks;

/// <summary>The next so many bytes of a stream, and the line end behind them.</summary>
internal sealed class PartStream(Stream inner, long length) : Stream
{
    private long _left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _left);
        var read = count == 0 ? 0 : inner.Read(buffer[..count]);
        if (count > 0 && read == 0)
            throw new EndOfStreamException();
        _left -= read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    /// <summary>Leaves the stream behind this part and its line end.</summary>
    public void SkipRest()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Read(rest) > 0)
            continue;
        inner.ReadByte();
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

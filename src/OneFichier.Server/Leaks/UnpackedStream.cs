using System.IO.Compression;

namespace OneFichier.Server.Leaks;

/// <summary>What is packed with gzip, of which the beginning was read already. It ends where the packing is damaged, and after a gigabyte, since a small file may claim to be without end.</summary>
internal sealed class UnpackedStream(ReadOnlyMemory<byte> beginning, Stream rest) : Stream
{
    private const long Most = 1L << 30;

    private readonly GZipStream _gzip = new(new Rejoined(beginning, rest), CompressionMode.Decompress);
    private long _left = Most;

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
        try
        {
            var read = _gzip.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
            _left -= read;
            return read;
        }
        catch (InvalidDataException)
        {
            _left = 0;
            return 0;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A stream with what was read of it put back.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> beginning, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _beginning = beginning;

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
            if (_beginning.IsEmpty)
                return rest.Read(buffer);
            var count = Math.Min(buffer.Length, _beginning.Length);
            _beginning.Span[..count].CopyTo(buffer);
            _beginning = _beginning[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

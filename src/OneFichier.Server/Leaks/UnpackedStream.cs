using System.IO.Compression;

namespace OneFichier.Server.Leaks;

/// <summary>What is packed with gzip, of which the beginning was read already. It ends where the packing is damaged, and after a gigabyte, since a small file may claim to be without end.</summary>
internal sealed class UnpackedStream(ReadOnlyMemory<byte> beginning, Stream rest) : ForwardStream
{
    private const long Most = 1L << 30;

    private readonly GZipStream _gzip = new(new Rejoined(beginning, rest), CompressionMode.Decompress);
    private long _left = Most;

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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A stream with what was read of it put back.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> beginning, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> _beginning = beginning;

        public override int Read(Span<byte> buffer)
        {
            if (_beginning.IsEmpty)
                return rest.Read(buffer);
            var count = Math.Min(buffer.Length, _beginning.Length);
            _beginning.Span[..count].CopyTo(buffer);
            _beginning = _beginning[count..];
            return count;
        }
    }
}

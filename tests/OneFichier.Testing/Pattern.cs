namespace OneFichier.Testing;

/// <summary>Content made of a seed: the same bytes every time, of any length, in no memory.</summary>
public static class Pattern
{
    /// <summary>The bytes at once.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A file to send, from memory.</summary>
    public static UploadFile File(string name, byte[] content) =>
        new(name, content.Length, _ => new ValueTask<Stream>(new MemoryStream(content, writable: false)));

    /// <summary>A file to send, from a seed.</summary>
    public static UploadFile File(string name, int length, int seed = 1) => File(name, Bytes(length, seed));

    /// <summary>A file to send that repeats one block, however long it is.</summary>
    public static UploadFile Endless(string name, long length) => new(name, length, _ => new ValueTask<Stream>(new RepeatedStream(length)));

    private sealed class RepeatedStream(long length) : Stream
    {
        private static readonly byte[] Block = Bytes(1 << 16);
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(Math.Min(count, Block.Length), length - _at);
            Block.AsSpan(0, read).CopyTo(buffer.AsSpan(offset));
            _at += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

namespace OneFichier.Drive.Sync;

/// <summary>A stream read once from front to back that tells what passed, and goes on when it is let.</summary>
internal sealed class ThrottledStream(Stream inner, Func<int, CancellationToken, ValueTask> passed) : Stream
{
    /// <summary>The most to read at once.</summary>
    public Func<int> Piece { get; init; } = () => int.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw OnlyForward();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, Piece())], cancellationToken);
        await passed(read, cancellationToken);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => throw OnlyForward();

    public override void SetLength(long value) => throw OnlyForward();

    public override void Write(byte[] buffer, int offset, int count) => throw OnlyForward();

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    private static NotSupportedException OnlyForward() => new("The stream is read once, from front to back.");
}

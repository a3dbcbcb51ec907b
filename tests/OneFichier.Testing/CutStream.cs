namespace OneFichier.Testing;

/// <summary>A stream that breaks instead of ending.</summary>
public sealed class CutStream(byte[] first, Exception exception) : MemoryStream(first, writable: false)
{
    /// <summary>The first half of a stream, which is read and closed.</summary>
    public static async Task<Stream> HalfOfAsync(Stream stream, Exception exception, CancellationToken cancellationToken = default)
    {
        await using (stream)
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all, cancellationToken);
            return new CutStream(all.ToArray()[..(int)(all.Length / 2)], exception);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => count == 0 ? 0 : base.Read(buffer, offset, count) is > 0 and var read ? read : throw exception;

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read(buffer, offset, count));
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }
}

namespace OneFichier.Drive.Tests.Volumes;

/// <summary>Gives some bytes and then breaks, or cancels and waits to be told of it.</summary>
internal sealed class BreakingStream(byte[] first, Action? cancel = null) : MemoryStream(first, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) =>
        base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("The source broke.");

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == Length && cancel is not null)
        {
            cancel();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return Read(buffer.Span);
    }
}

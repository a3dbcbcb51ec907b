namespace OneFichier.Drive.Tests.Volumes;

/// <summary>Gives some bytes, says that it has, and then gives nothing more until it is cancelled.</summary>
internal sealed class HangingStream(byte[] first, Action given) : MemoryStream(first, writable: false)
{
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == Length)
        {
            given();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return Read(buffer.Span);
    }
}

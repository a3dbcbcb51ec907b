namespace OneFichier.Drive.Access;

/// <summary>Tells of every read how many bytes it brought.</summary>
internal sealed class CountingStream(Stream inner, Action<int> count) : ForwardStream(inner)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken);
        count(read);
        return read;
    }
}

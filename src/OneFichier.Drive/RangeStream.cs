namespace OneFichier.Drive;

/// <summary>So many bytes of a stream, from where it stands. It throws where the stream ends before them.</summary>
/// <param name="inner">The stream, owned from now on.</param>
/// <param name="length">How many bytes.</param>
public sealed class RangeStream(Stream inner, long length) : ForwardStream(inner)
{
    private long _left = length;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 || buffer.Length == 0)
            return 0;

        var read = await Inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (read == 0)
            throw new FichierIntegrityException($"The content ended {_left} bytes early.") { Remedy = "Try again; if it stays so, list the folder with --refresh." };

        _left -= read;
        return read;
    }
}

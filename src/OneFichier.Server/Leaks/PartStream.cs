namespace OneFichier.Server.Leaks;

/// <summary>The next so many bytes of a stream, and the line end behind them.</summary>
internal sealed class PartStream(Stream inner, long length) : ForwardStream
{
    private long _left = length;

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _left);
        var read = count == 0 ? 0 : inner.Read(buffer[..count]);
        if (count > 0 && read == 0)
            throw new EndOfStreamException();
        _left -= read;
        return read;
    }

    /// <summary>Leaves the stream behind this part and its line end.</summary>
    public void SkipRest()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Read(rest) > 0)
            continue;
        inner.ReadByte();
    }
}

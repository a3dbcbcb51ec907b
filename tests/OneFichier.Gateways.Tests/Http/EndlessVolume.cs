using OneFichier.Drive;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>One file, of bytes that follow from their places.</summary>
internal sealed class EndlessVolume() : VolumeDecorator(new MemoryVolume(new ManualTime()))
{
    public const long Length = 64L << 20;

    public override ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Entry?>(new Entry(path, IsFolder: false) { Size = Length, ModTime = HttpStage.Changed, Id = "big" });

    public override Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) =>
        Task.FromResult<Stream>(new EndlessStream(range.Offset, range.LengthIn(Length)));
}

internal sealed class EndlessStream(long from, long length) : MemoryStream
{
    private long _done;

    public static byte At(long place) => (byte)(place % 251);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(buffer.Length, length - _done);
        var span = buffer.Span[..count];
        for (var n = 0; n < count; n++)
            span[n] = At(from + _done + n);
        _done += count;
        return ValueTask.FromResult(count);
    }
}

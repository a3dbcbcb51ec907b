using OneFichier.Drive;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>Large files, of content that is made as it is read.</summary>
public sealed class StreamingTests
{
    private const long Size = 64L << 20;
    private const int Clients = 50;

    [Fact]
    public async Task Fifty_clients_who_take_their_time_cost_no_memory_but_their_windows()
    {
        await using var stage = await HttpStage.StartAsync(new EndlessVolume());
        var before = Memory();
        var streams = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => stage.Gateway.Client.GetStreamAsync("big.bin")));
        var buffer = new byte[1 << 20];
        foreach (var stream in streams)
            await stream.ReadExactlyAsync(buffer);
        var grown = Memory() - before;
        foreach (var stream in streams)
            await stream.DisposeAsync();
        Assert.True(grown < Clients * (2L << 20), $"{grown >> 20} MiB for {Clients} clients of {Size >> 20} MiB each");

        static long Memory() => GC.GetTotalMemory(forceFullCollection: true);
    }

    [Fact]
    public async Task Every_byte_of_a_large_file_arrives_in_its_place()
    {
        await using var stage = await HttpStage.StartAsync(new EndlessVolume());
        await using var stream = await stage.Gateway.Client.GetStreamAsync("big.bin");
        var buffer = new byte[1 << 20];
        long at = 0;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; at += read)
        {
            Assert.Equal(EndlessStream.At(at), buffer[0]);
            Assert.Equal(EndlessStream.At(at + read - 1), buffer[read - 1]);
        }

        Assert.Equal(Size, at);
    }

    /// <summary>One file, of bytes that follow from their places.</summary>
    private sealed class EndlessVolume() : VolumeDecorator(new MemoryVolume(new ManualTime()))
    {
        public override ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<Entry?>(new Entry(path, IsFolder: false) { Size = Size, ModTime = HttpStage.Changed, Id = "big" });

        public override Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) =>
            Task.FromResult<Stream>(new EndlessStream(range.Offset, range.LengthIn(Size)));
    }

    private sealed class EndlessStream(long from, long length) : MemoryStream
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
}

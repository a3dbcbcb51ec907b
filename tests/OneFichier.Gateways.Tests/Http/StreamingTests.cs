namespace OneFichier.Gateways.Tests.Http;

/// <summary>Large files, of content that is made as it is read. Alone, because they weigh the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class StreamingTests
{
    private const long Size = EndlessVolume.Length;
    private const int Clients = 50;

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

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
}

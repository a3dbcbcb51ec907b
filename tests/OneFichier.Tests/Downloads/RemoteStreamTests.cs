using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Downloads;

public sealed class RemoteStreamTests
{
    private static readonly byte[] Content = Pattern.Bytes(1 << 20);

    [Fact]
    public async Task Reading_and_seeking_at_random_gives_the_files_bytes_for_one_link()
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        var link = FileLink.Parse(stage.Control.AddFile("a", Content));
        await using var stream = stage.Client.Transfers.OpenRead(new DownloadSource(link, Content.Length, null));
        var random = new Random(5);
        var buffer = new byte[20_000];
        for (var i = 0; i < 60; i++)
        {
            var at = random.Next(Content.Length);
            stream.Position = at;
            var read = await stream.ReadAtLeastAsync(buffer, random.Next(1, buffer.Length), throwOnEndOfStream: false);
            Assert.Equal(Math.Min(Content.Length, at + read) - at, read);
            Assert.True(Content.AsSpan(at, read).SequenceEqual(buffer.AsSpan(0, read)));
        }

        Assert.Single(stage.Asked("download/get_token"));
    }

    [Fact]
    public async Task It_is_a_stream_like_any_other()
    {
        await using var stage = await Stage.StartAsync();
        var link = FileLink.Parse(stage.Control.AddFile("a", Content));
        await using var stream = stage.Client.Transfers.OpenRead(new DownloadSource(link, Content.Length, null));
        Assert.Equal((true, true, false, Content.Length), (stream.CanRead, stream.CanSeek, stream.CanWrite, (int)stream.Length));
        Assert.Equal(Content.Length - 10, stream.Seek(-10, SeekOrigin.End));
        Assert.Equal(Content.Length - 8, stream.Seek(2, SeekOrigin.Current));
        var rest = new byte[100];
        Assert.Equal(8, stream.ReadAtLeast(rest, 100, throwOnEndOfStream: false));
        Assert.Equal(Content[^8..], rest[..8]);
        Assert.Equal(0, await stream.ReadAsync(rest));
        stream.Position = Content.Length + 5;
        Assert.Equal(0, await stream.ReadAsync(rest));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Position = -1);
        Assert.Throws<NotSupportedException>(() => stream.WriteByte(1));
        stream.Position = 0;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.Equal(Content, copy.ToArray());
    }

    [Theory]
    [InlineData(FaultKind.Half)]
    [InlineData(FaultKind.Short)]
    [InlineData(FaultKind.Cut)]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.Busy)]
    [InlineData(FaultKind.Long)]
    public async Task It_survives_cuts_and_never_ends_early(FaultKind fault)
    {
        await using var stage = await Stage.StartAsync();
        var link = FileLink.Parse(stage.Control.AddFile("a", Content));
        stage.Control.FailNext(fault, "download", 3);
        await using var stream = stage.Client.Transfers.OpenRead(new DownloadSource(link, Content.Length, null));
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.Equal(Content, copy.ToArray());
    }

    [Fact]
    public async Task An_expired_link_is_replaced_while_reading()
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        var link = FileLink.Parse(stage.Control.AddFile("a", Content));
        await using var stream = stage.Client.Transfers.OpenRead(new DownloadSource(link, Content.Length, null));
        Assert.Equal(Content[0], stream.ReadByte());
        stage.Time.Skip(TimeSpan.FromHours(1));
        stream.Position = 500;
        Assert.Equal(Content[500], stream.ReadByte());
        Assert.Equal(2, stage.Asked("download/get_token").Count);
    }

    [Fact]
    public async Task A_host_that_stands_still_is_given_up_after_the_stall_time_and_some_tries()
    {
        var handler = DownloadHost.Of(Content, (_, _) => null);
        using var still = new StandingStill(handler);
        using var http = new HttpClient(still) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new FichierClient(Stage.OptionsFor(FichierOptions.DefaultApiBase, new FastTime(1000)) with { StallTimeout = TimeSpan.FromMinutes(1) }, http);
        await using var stream = client.Transfers.OpenRead(DownloadHost.Source(Content));
        await Assert.ThrowsAsync<FichierUnavailableException>(() => stream.ReadAsync(new byte[10]).AsTask());
        Assert.Equal(5, still.Opened);
    }

    [Fact]
    public async Task A_file_that_was_replaced_by_another_size_is_refused()
    {
        using var client = DownloadHost.Of(Content, (_, _) => null).Client();
        await using var stream = client.Transfers.OpenRead(DownloadHost.Source(Content) with { Size = 100 });
        await Assert.ThrowsAsync<FichierIntegrityException>(() => stream.ReadAsync(new byte[10]).AsTask());
    }

    private sealed class StandingStill(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Opened { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
            {
                Opened++;
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}

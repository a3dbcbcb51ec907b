using System.Net;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class DownloadTests
{
    [Theory]
    [InlineData("bytes=0-0", 206, "0", "bytes 0-0/10")]
    [InlineData("bytes=3-5", 206, "345", "bytes 3-5/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-4", 206, "6789", "bytes 6-9/10")]
    [InlineData("bytes=-40", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=5-400", 206, "56789", "bytes 5-9/10")]
    [InlineData("bytes=10-", 416, null, "bytes */10")]
    [InlineData("bytes=-0", 416, null, "bytes */10")]
    [InlineData("bytes=0-1,3-4", 200, "0123456789", null)]
    [InlineData("bytes=5-3", 200, "0123456789", null)]
    [InlineData("lines=1-2", 200, "0123456789", null)]
    [InlineData(null, 200, "0123456789", null)]
    public async Task Ranges_are_served_as_asked(string? range, int status, string? body, string? contentRange)
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("digits.txt", Service.Bytes("0123456789"));
        using var response = await service.GetAsync(await service.TokenAsync(url), range);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(contentRange, response.Content.Headers.ContentRange?.ToString());
        if (body is not null)
            Assert.Equal(body, await Service.TextAsync(response));
    }

    [Fact]
    public async Task Any_range_of_a_generated_file_is_the_same_part_of_it()
    {
        await using var service = await Service.StartAsync();
        const int size = 300_001;
        var url = service.Control.AddGeneratedFile("big.bin", size, 42);
        var token = await service.TokenAsync(url);
        var whole = await service.Http.GetByteArrayAsync(token, TestContext.Current.CancellationToken);
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var from = random.Next(size);
            var to = random.Next(from, size);
            using var part = await service.GetAsync(token, $"bytes={from}-{to}");
            var bytes = await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.True(whole.AsSpan(from, to - from + 1).SequenceEqual(bytes), $"seed 7, {from}-{to}");
        }
    }

    [Fact]
    public async Task HEAD_tells_size_and_name_and_sends_nothing()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("été.txt", Service.Bytes("12345"));
        var head = RawConnection.Request($"HEAD {new Uri(await service.TokenAsync(url)).PathAndQuery}", "");
        var answer = await RawConnection.ExchangeAsync(service.Server.Origin, head);
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 5", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: attachment; filename=\"été.txt\"", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_starts_for_five_minutes_and_resumes_for_thirty()
    {
        var time = new ManualTime();
        await using var service = await Service.StartAsync(new SandboxOptions { Time = time });
        var url = service.Control.AddFile("x.txt", Service.Bytes("content"));
        var started = await service.TokenAsync(url);
        var unused = await service.TokenAsync(url);
        using var first = await service.GetAsync(started);
        time.Advance(TimeSpan.FromMinutes(5));
        time.Seconds(1);
        await StaleAsync(service, unused);
        time.Advance(TimeSpan.FromMinutes(20));
        using var resumed = await service.GetAsync(started, "bytes=3-");
        Assert.Equal("tent", await Service.TextAsync(resumed));
        time.Advance(TimeSpan.FromMinutes(5));
        await StaleAsync(service, started);
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 404)]
    public async Task A_single_link_works_once_and_HEAD_may_be_that_once(bool headSpends, int status)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { HeadSpendsSingle = headSpends, StaleTokenStatus = 404 });
        var url = service.Control.AddFile("x.txt", [1]);
        var token = await service.TokenAsync(url, new { url, single = 1 });
        using var head = await service.GetAsync(token, null, HttpMethod.Head);
        using var first = await service.GetAsync(token);
        Assert.Equal(status, (int)first.StatusCode);
        using var second = await service.GetAsync(token);
        Assert.Equal(404, (int)second.StatusCode);
    }

    [Fact]
    public async Task A_link_dies_with_its_file()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x.txt", [1]);
        var token = await service.TokenAsync(url);
        service.Control.RemoveFile(url);
        await StaleAsync(service, token);
    }

    [Fact]
    public async Task A_second_address_is_refused_for_five_minutes()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x.txt", [1]);
        await service.TokenAsync(url);
        using var elsewhere = From("127.0.0.2", service);
        Assert.Contains("Only 1 location allowed at a time #887", await AskAsync(elsewhere, url), StringComparison.Ordinal);
        service.Control.Behaviours = service.Control.Behaviours with { OneLocation = false };
        Assert.Contains("\"OK\"", await AskAsync(elsewhere, url), StringComparison.Ordinal);
        service.Control.Behaviours = service.Control.Behaviours with { OneLocation = true };
        service.Control.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("\"OK\"", await AskAsync(elsewhere, url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bound_link_is_of_no_use_elsewhere()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { TokensBoundToAddress = true });
        var url = service.Control.AddFile("x.txt", Service.Bytes("content"));
        var token = await service.TokenAsync(url);
        using var elsewhere = From("127.0.0.2", service);
        Assert.Contains("expired", await elsewhere.GetStringAsync(token, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("content", await service.Http.GetStringAsync(token, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Connections_have_a_ceiling()
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Limits = SandboxLimits.None with { Connections = 1 } });
        var url = service.Control.AddGeneratedFile("big.bin", 500_000_000);
        var token = await service.TokenAsync(url);
        using (var running = await service.Http.GetAsync(token, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            using var second = await service.GetAsync(token, "bytes=0-0");
            Assert.Equal(503, (int)second.StatusCode);
        }
    }

    [Fact]
    public async Task Validators_and_inline_are_there_on_request()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { DownloadValidators = true });
        var url = service.Control.AddFile("x.txt", [1]);
        using var response = await service.GetAsync(await service.TokenAsync(url, new { url, inline = 1 }));
        Assert.NotNull(response.Headers.ETag);
        Assert.NotNull(response.Content.Headers.LastModified);
        Assert.Equal("inline", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("bytes", Assert.Single(response.Headers.AcceptRanges));
    }

    private static async Task StaleAsync(Service service, string token)
    {
        using var response = await service.GetAsync(token);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    private static HttpClient From(string address, Service service) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(service.Server.Origin.Host, service.Server.Origin.Port, cancellationToken);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
    });

    private static async Task<string> AskAsync(HttpClient http, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://sandbox.invalid/v1/download/get_token.cgi")
        {
            Content = new StringContent($$"""{"url":"{{url}}"}"""),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new("Bearer", SandboxOptions.DefaultKey);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Service.TextAsync(response);
    }
}

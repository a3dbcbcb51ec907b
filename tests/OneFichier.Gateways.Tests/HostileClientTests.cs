using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests;

/// <summary>Requests no honest client sends: each is refused or closed, and the next honest one is answered.</summary>
public sealed class HostileClientTests
{
    private const string Start = "POST /x HTTP/1.1\r\nHost: {host}\r\nAuthorization: {auth}\r\n";
    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: {host}\r\nAuthorization: {auth}\r\nConnection: close\r\n\r\n";

    public static TheoryData<string, string> Smuggling => new()
    {
        { "length and chunks", Start + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden },
        { "two lengths", Start + "Content-Length: 0\r\nContent-Length: 5\r\n\r\nabcde" + Hidden },
        { "lengths in a list", Start + "Content-Length: 0, 5\r\n\r\n" + Hidden },
        { "a negative length", Start + "Content-Length: -1\r\n\r\n" + Hidden },
        { "a length in hex", Start + "Content-Length: 0x5\r\n\r\nabcde" + Hidden },
        { "a length beyond numbers", Start + "Content-Length: 99999999999999999999\r\n\r\n" + Hidden },
        { "another coding", Start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + Hidden },
        { "chunked not last", Start + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + Hidden },
        { "a blank before the colon", Start + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + Hidden },
        { "a folded header", Start + "X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n" + Hidden },
        { "a folded coding", Start + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + Hidden },
        { "a chunk size that is none", Start + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n" + Hidden },
        { "a chunk size with a sign", Start + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n0\r\n\r\n" + Hidden },
        { "a chunk size beyond numbers", Start + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + Hidden },
        { "a chunk longer than said", Start + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n" + Hidden },
        { "a bare carriage return in a header", Start + "X-A: b\rX-B: c\r\nContent-Length: 0\r\n\r\n" + Hidden },
        { "a NUL in a header", Start + "X-A: b\0c\r\nContent-Length: 0\r\n\r\n" + Hidden },
        { "a header without a name", Start + ": b\r\nContent-Length: 0\r\n\r\n" + Hidden },
        { "two hosts", Start + "Host: evil.example\r\nContent-Length: 0\r\n\r\n" + Hidden },
        { "no version", "GET /x\r\n\r\n" + Hidden },
        { "another protocol", "GET /x HTTQ/1.1\r\nHost: {host}\r\n\r\n" + Hidden },
    };

    [Theory]
    [MemberData(nameof(Smuggling))]
    public async Task A_request_that_two_servers_would_read_differently_hides_no_other(string how, string request)
    {
        var seen = new List<string>();
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), app => app.Run(async context =>
        {
            lock (seen)
                seen.Add(context.Request.VolumePath().ToString());
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("read");
        }));
        var answer = await stage.RawAsync(request);
        Assert.True(!seen.Contains("hidden"), $"{how}: the hidden request was answered\n{answer}");
        Assert.True(RawExchange.StatusOf(answer) is 0 or 400 or 431 or 501 or 505, $"{how}: {answer}");
        Assert.True(RawExchange.AnswersIn(answer) <= 1, $"{how}: {answer}");
        Assert.Equal("read", await stage.Client.GetStringAsync("honest"));
    }

    [Fact]
    public async Task Headers_and_lines_that_are_too_large_are_refused()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Plainly);
        var end = "\r\nHost: {host}\r\nAuthorization: {auth}\r\nConnection: close\r\n\r\n";
        Assert.Equal(414, RawExchange.StatusOf(await stage.RawAsync("GET /" + new string('a', 20_000) + " HTTP/1.1" + end)));
        Assert.Equal(431, RawExchange.StatusOf(await stage.RawAsync("GET / HTTP/1.1\r\nX-A: " + new string('a', 40_000) + end)));
        Assert.Equal(431, RawExchange.StatusOf(await stage.RawAsync("GET / HTTP/1.1" + string.Concat(Enumerable.Range(0, 200).Select(n => $"\r\nX-{n}: 1")) + end)));
        Assert.Equal(200, RawExchange.StatusOf(await stage.RawAsync("GET /" + new string('a', 9_000) + " HTTP/1.1\r\nX-A: " + new string('a', 15_000) + end)));
    }

    [Fact]
    public async Task Headers_that_never_end_and_bodies_that_hardly_come_are_given_up()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Plainly, o => o with
        {
            Limits = o.Limits with { HeadersTimeout = TimeSpan.FromSeconds(1), BodyRate = 1000, BodyGrace = TimeSpan.FromSeconds(1.5) },
        });
        Assert.True(new GatewayLimits().HeadersTimeout <= TimeSpan.FromSeconds(30));
        var headers = stage.RawAsync("GET / HTTP/1.1\r\nHost: {host}\r\nX-A: b");
        var nothing = stage.RawAsync("G");
        var body = stage.RawAsync("PUT /x HTTP/1.1\r\nHost: {host}\r\nAuthorization: {auth}\r\nContent-Length: 1000000\r\n\r\nfew");
        Assert.Equal(408, RawExchange.StatusOf(await headers));
        Assert.Equal(408, RawExchange.StatusOf(await nothing));
        Assert.Equal(408, RawExchange.StatusOf(await body));
        Assert.Equal("ok", await stage.Client.GetStringAsync("x"));
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_those_before_it_go_on()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Plainly, o => o with { Limits = o.Limits with { Connections = 3 } });
        Assert.Equal("ok", await stage.Client.GetStringAsync("x"));
        using var first = await ConnectAsync(stage);
        using var second = await ConnectAsync(stage);
        Assert.Equal("", await stage.RawAsync("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        Assert.Equal("ok", await stage.Client.GetStringAsync("x"));
    }

    [Fact]
    public async Task Who_is_unknown_sends_no_body_that_anybody_reads()
    {
        var reads = 0;
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), app => app.Run(_ =>
        {
            Interlocked.Increment(ref reads);
            return Task.CompletedTask;
        }));
        var answer = await stage.RawAsync("PUT /x HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n");
        Assert.Equal((401, 1, 0), (RawExchange.StatusOf(answer), RawExchange.AnswersIn(answer), reads));
    }

    private static void Plainly(IApplicationBuilder app) => app.Run(async context =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        await context.Response.WriteAsync("ok");
    });

    private static async Task<TcpClient> ConnectAsync(GatewayStage stage)
    {
        var client = new TcpClient();
        await client.ConnectAsync(stage.Url.Host, stage.Url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(stage.Fill("GET / HTTP/1.1\r\nHost: {host}\r\nAuthorization: {auth}\r\n\r\n")));
        Assert.Equal((byte)'H', await ReadByteAsync(client.GetStream()));
        return client;
    }

    private static async Task<byte> ReadByteAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one);
        return one[0];
    }
}

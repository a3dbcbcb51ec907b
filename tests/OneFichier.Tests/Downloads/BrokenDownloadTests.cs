using System.Net;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Downloads;

/// <summary>Download hosts that misbehave, and parts that are damaged.</summary>
public sealed class BrokenDownloadTests : IDisposable
{
    private static readonly byte[] Content = Pattern.Bytes(9 << 20);
    private static readonly DownloadSource Source = DownloadHost.Source(Content);
    private static readonly DownloadOptions Segmented = new() { SegmentedFrom = 1 << 20 };

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Troubles => [.. Makers.Keys];

    private static Dictionary<string, Func<ScriptedRequest, HttpResponseMessage>> Makers { get; } = new()
    {
        ["an expired link"] = _ => ScriptedHandler.Text("<h1>The link has expired</h1>"),
        ["gone"] = _ => ScriptedHandler.Text("<h1>gone</h1>", 410),
        ["not found"] = _ => ScriptedHandler.Text("<h1>gone</h1>", 404),
        ["forbidden"] = _ => ScriptedHandler.Text("<h1>no</h1>", 403),
        ["unauthorized"] = _ => ScriptedHandler.Text("<h1>no</h1>", 401),
        ["no such range"] = _ => ScriptedHandler.Text("", 416),
        ["too many"] = _ => ScriptedHandler.Text("", 429),
        ["busy"] = _ => ScriptedHandler.Text("<h1>busy</h1>", 503),
        ["broken"] = _ => ScriptedHandler.Text("<h1>Software error</h1>", 500),
        ["another range"] = _ => DownloadHost.Slice(Content[..1000], 1, Content.Length),
        ["no range said"] = _ => new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(Content) },
        ["a short range"] = r => DownloadHost.Slice(Content[(int)DownloadHost.Asked(r).From..((int)DownloadHost.Asked(r).To - 5)], DownloadHost.Asked(r).From, Content.Length),
        ["nothing at all"] = r => DownloadHost.Slice([], DownloadHost.Asked(r).From, Content.Length),
        ["the whole instead"] = _ => DownloadHost.Whole(Content),
        ["a redirect"] = _ => Redirect("https://b-2.1fichier.com/c5"),
        ["a cut"] = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut"),
        ["no connection"] = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_trouble_that_passes_costs_nothing_but_time(string trouble)
    {
        var handler = DownloadHost.Of(Content, (r, n) => n is 1 or 3 ? Makers[trouble](r) : null);
        using var client = handler.Client();
        Assert.True((await client.Transfers.DownloadAsync(Source, _folder["a"], Segmented)).Proven);
        Assert.Equal(Content, await File.ReadAllBytesAsync(_folder["a"]));
    }

    [Theory]
    [InlineData("an expired link", typeof(FichierProtocolException))]
    [InlineData("no such range", typeof(FichierProtocolException))]
    [InlineData("another range", typeof(FichierProtocolException))]
    [InlineData("too many", typeof(FichierUnavailableException))]
    [InlineData("busy", typeof(FichierUnavailableException))]
    [InlineData("a cut", typeof(FichierUnavailableException))]
    [InlineData("nothing at all", typeof(FichierUnavailableException))]
    public async Task A_trouble_that_stays_ends_after_a_bounded_number_of_tries_and_keeps_the_part(string trouble, Type expected)
    {
        var handler = DownloadHost.Of(Content, (r, n) => n > 1 ? Makers[trouble](r) : null);
        using var client = handler.Client();
        Assert.IsType(expected, await Record.ExceptionAsync(() => client.Transfers.DownloadAsync(Source, _folder["a"], Segmented)));
        Assert.InRange(handler.Requests.Count, 7, 40);
        Assert.Equal(["a.part"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
        using var well = DownloadHost.Of(Content, (_, _) => null);
        using var again = well.Client();
        Assert.NotEqual(0, (await again.Transfers.DownloadAsync(Source, _folder["a"], Segmented)).Resumed);
    }

    [Fact]
    public async Task A_host_that_never_serves_ranges_is_served_from_all_the_same()
    {
        var handler = DownloadHost.Of(Content, (_, _) => DownloadHost.Whole(Content));
        using var client = handler.Client();
        Assert.True((await client.Transfers.DownloadAsync(Source, _folder["a"], Segmented)).Proven);
    }

    [Fact]
    public async Task A_redirect_is_followed_some_steps_and_not_for_ever()
    {
        var handler = DownloadHost.Of(Content, (_, _) => Redirect("https://b-2.1fichier.com/c5"));
        using var client = handler.Client();
        await Assert.ThrowsAsync<FichierProtocolException>(() => client.Transfers.DownloadAsync(Source, _folder["a"], Segmented));
    }

    [Fact]
    public async Task Bytes_are_asked_for_as_they_are_never_packed()
    {
        await using var server = new RawServer(r => r.Path == "/p1"
            ? RawReply.Of("206 Partial Content", "Content-Type: text/plain\r\nContent-Range: bytes 0-3/4", "text")
            : RawReply.Json($$"""{"status":"OK","url":"http://{{r.Header("Host")}}/p1"}"""));
        using var client = server.Client();
        await using var body = await client.Downloads.OpenAsync(await client.Downloads.GetLinkAsync(DownloadHost.Link), 0, 4);
        Assert.Equal("text", await new StreamReader(body.Stream).ReadToEndAsync());
        var request = server.Requests.Single(r => r.Path == "/p1");
        Assert.Equal("identity", request.Header("Accept-Encoding"));
        Assert.Equal("bytes=0-3", request.Header("Range"));
        Assert.Null(request.Header("Authorization"));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(100, false)]
    public async Task A_corrupt_byte_is_found_and_the_file_fetched_again_once(int times, bool ends)
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        var source = DownloadTests.Add(stage, 1 << 20);
        stage.Control.FailNext(FaultKind.Corrupt, "download", times);
        var fetch = () => stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"]);
        if (ends)
        {
            Assert.True((await fetch()).Proven);
            Assert.Equal(2, stage.Asked("download").Count);
            return;
        }

        Assert.NotEmpty((await Assert.ThrowsAsync<FichierIntegrityException>(fetch)).Remedy);
        Assert.False(File.Exists(stage.Folder["a"]));
        stage.Control.ResetFaults();
        Assert.Equal(0, (await fetch()).Resumed);
    }

    [Theory]
    [InlineData(FaultKind.Long)]
    [InlineData(FaultKind.Short)]
    [InlineData(FaultKind.Half)]
    [InlineData(FaultKind.Cut)]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.Slow)]
    public async Task The_sandboxs_troubles_pass_too(FaultKind fault)
    {
        await using var stage = await Stage.StartAsync();
        var source = DownloadTests.Add(stage, 9 << 20);
        stage.Control.FailNext(fault, "download", 2);
        Assert.True((await stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"], Segmented)).Proven);
    }

    [Fact]
    public async Task A_file_of_another_size_than_listed_is_refused()
    {
        using var client = DownloadHost.Of(Content, (_, _) => null).Client();
        var error = await Assert.ThrowsAsync<FichierIntegrityException>(() => client.Transfers.DownloadAsync(Source with { Size = Content.Length - 1 }, _folder["a"]));
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public async Task A_file_removed_meanwhile_is_not_found()
    {
        await using var stage = await Stage.StartAsync();
        var source = DownloadTests.Add(stage, 100);
        stage.Control.RemoveFile(source.Link.Url);
        await Assert.ThrowsAsync<FichierNotFoundException>(() => stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"]));
    }

    [Theory]
    [InlineData("other content")]
    [InlineData("no map")]
    [InlineData("a byte of the map")]
    [InlineData("too short")]
    [InlineData("garbage")]
    public async Task A_part_that_is_of_other_content_or_damaged_is_started_anew(string damage)
    {
        await LeavePartAsync(damage == "other content" ? Pattern.Bytes(Content.Length, 99) : Content);
        var part = _folder["a.part"];
        var bytes = await File.ReadAllBytesAsync(part);
        var map = (Content.Length + 4095) / 4096 * 4096;
        switch (damage)
        {
            case "no map": bytes = bytes[..Content.Length]; break;
            case "a byte of the map": bytes[map + 20] ^= 1; break;
            case "too short": bytes = bytes[..^1]; break;
            case "garbage": bytes = Pattern.Bytes(100); break;
        }

        await File.WriteAllBytesAsync(part, bytes);
        using var client = DownloadHost.Of(Content, (_, _) => null).Client();
        var outcome = await client.Transfers.DownloadAsync(Source, _folder["a"], Segmented);
        Assert.Equal((0, true), (outcome.Resumed, outcome.Proven));
    }

    [Fact]
    public async Task A_damaged_byte_in_a_part_is_found_at_the_end_and_made_good()
    {
        await LeavePartAsync(Content);
        await using (var part = File.OpenWrite(_folder["a.part"]))
            part.WriteByte((byte)(Content[0] ^ 1));
        using var client = DownloadHost.Of(Content, (_, _) => null).Client();
        Assert.True((await client.Transfers.DownloadAsync(Source, _folder["a"], Segmented)).Proven);
        Assert.Equal(Content, await File.ReadAllBytesAsync(_folder["a"]));
    }

    [Fact]
    public async Task A_download_that_stands_still_is_started_again_at_that_place()
    {
        var time = new ManualTime();
        var stands = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var served = 0;
        var handler = DownloadHost.Of(Content, (r, n) => (served = n) == 1 ? StandingStill(r, stands) : null);
        using var client = handler.Client(o => o with { Time = time, StallTimeout = TimeSpan.FromHours(1) });
        var download = client.Transfers.DownloadAsync(Source, _folder["a"]);
        await stands.Task;
        time.Advance(TimeSpan.FromHours(1));
        // A little more, for the rest before the next try, but never as much as a transfer may stand still.
        var left = 30_000;
        await Until.TrueAsync(() =>
        {
            if (Volatile.Read(ref served) == 1 && left-- > 0)
                time.Advance(TimeSpan.FromSeconds(0.1));
            return Volatile.Read(ref served) > 1 || download.IsCompleted;
        });
        Assert.True((await download).Proven);
        Assert.Equal("bytes=1000-9437183", handler.Requests[^1].Headers["Range"]);
    }

    [Fact]
    public async Task Without_a_stated_checksum_a_download_is_done_but_not_proven()
    {
        using var client = DownloadHost.Of(Content, (_, _) => null).Client();
        var outcome = await client.Transfers.DownloadAsync(Source with { Checksum = null }, _folder["a"]);
        Assert.Equal((false, Source.Checksum), (outcome.Proven, outcome.Checksum));
    }

    public void Dispose() => _folder.Dispose();

    private async Task LeavePartAsync(byte[] content)
    {
        using var client = DownloadHost.Of(content, (r, n) => n > 2 ? ScriptedHandler.Text("", 404) : null).Client();
        await Assert.ThrowsAsync<FichierProtocolException>(() => client.Transfers.DownloadAsync(DownloadHost.Source(content), _folder["a"], Segmented));
        Assert.True(File.Exists(_folder["a.part"]));
    }

    private static HttpResponseMessage StandingStill(ScriptedRequest request, TaskCompletionSource stands)
    {
        var response = DownloadHost.Range(Content, request);
        var headers = response.Content.Headers;
        response.Content = new StreamContent(new StillStream(Content[..1000], stands));
        (response.Content.Headers.ContentType, response.Content.Headers.ContentRange) = (headers.ContentType, headers.ContentRange);
        response.Content.Headers.ContentDisposition = headers.ContentDisposition;
        return response;
    }

    private static HttpResponseMessage Redirect(string address)
    {
        var response = ScriptedHandler.Text("", 302);
        response.Headers.Location = new Uri(address);
        return response;
    }

    private sealed class StillStream(byte[] start, TaskCompletionSource stands) : MemoryStream(start)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read > 0)
                return read;

            stands.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return read;
        }
    }
}

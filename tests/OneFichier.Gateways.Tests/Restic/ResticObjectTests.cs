using System.Net;
using OneFichier.Drive;
using OneFichier.Gateways.Restic;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests.Restic;

/// <summary>HEAD, GET, POST and DELETE of objects and of the config.</summary>
public sealed class ResticObjectTests : IAsyncLifetime
{
    private ResticStage _stage = null!;

    [Fact]
    public async Task The_config_is_there_once_it_was_posted_and_is_never_replaced()
    {
        Assert.Equal(HttpStatusCode.NotFound, await _stage.StatusAsync("HEAD", "repo/config"));
        Assert.Equal(HttpStatusCode.OK, await _stage.PostAsync("repo/config", "any bytes"));
        Assert.Equal(HttpStatusCode.Forbidden, await _stage.PostAsync("repo/config", "others"));
        using var head = await _stage.SendAsync("HEAD", "repo/config");
        Assert.Equal((HttpStatusCode.OK, 9L), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal("any bytes", await _stage.Client.GetStringAsync("repo/config"));
        Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync("DELETE", "repo/config"));
        Assert.Equal(HttpStatusCode.NotFound, await _stage.StatusAsync("GET", "repo/config"));
    }

    [Theory]
    [InlineData("data")]
    [InlineData("keys")]
    [InlineData("locks")]
    [InlineData("snapshots")]
    [InlineData("index")]
    public async Task An_object_of_every_type_can_be_stored_looked_at_read_and_removed(string type)
    {
        var name = await _stage.StoreAsync($"repo/{type}/", "0123456789");
        using var head = await _stage.SendAsync("HEAD", $"repo/{type}/{name}");
        Assert.Equal((HttpStatusCode.OK, 10L), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal("0123456789", await _stage.Client.GetStringAsync($"repo/{type}/{name}"));
        Assert.Equal([type == "data" ? $"repo/data/{name[..2]}/{name}" : $"repo/{type}/{name}"], await _stage.FilesAsync());
        Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync("DELETE", $"repo/{type}/{name}"));
        Assert.All([await _stage.StatusAsync("HEAD", $"repo/{type}/{name}"), await _stage.StatusAsync("DELETE", $"repo/{type}/{name}")], s => Assert.Equal(HttpStatusCode.NotFound, s));
    }

    [Theory]
    [InlineData("bytes=0-", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=2-4", 206, "234", "bytes 2-4/10")]
    [InlineData("bytes=8-100", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-3", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-100", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=-0", 416, "", "bytes */10")]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("items=0-1", 200, "0123456789", null)]
    [InlineData("bytes=4-2", 200, "0123456789", null)]
    public async Task A_range_is_sent_exactly(string range, int status, string content, string? described)
    {
        var name = await _stage.StoreAsync("data/", "0123456789");
        using var answer = await _stage.SendAsync("GET", "data/" + name, range);
        Assert.Equal((status, content), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal((content.Length, described), (answer.Content.Headers.ContentLength, answer.Content.Headers.ContentRange?.ToString()));
    }

    [Fact]
    public async Task What_is_not_what_its_name_says_is_refused_and_leaves_nothing()
    {
        foreach (var type in new[] { "data", "keys", "locks", "snapshots", "index" })
            Assert.Equal(HttpStatusCode.BadRequest, await _stage.PostAsync($"{type}/{ResticStage.NameOf("one")}", "other"));
        Assert.Empty(await _stage.FilesAsync());
    }

    [Fact]
    public async Task What_is_there_is_never_replaced()
    {
        var name = await _stage.StoreAsync("data/", "content");
        var before = await _stage.Volume.FindAsync(VolumePath.Parse($"data/{name[..2]}/{name}"));
        Assert.Equal(HttpStatusCode.Forbidden, await _stage.PostAsync("data/" + name, "content"));
        Assert.Equal(before, await _stage.Volume.FindAsync(before!.Path));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public async Task A_cut_upload_leaves_nothing(int bytes)
    {
        var name = ResticStage.NameOf("whatever");
        var answer = await _stage.Gateway.RawAsync(
            $"POST /data/{name} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{bytes:x}\r\n{new string('x', bytes)}\r\nno chunk");
        Assert.Equal(400, RawExchange.StatusOf(answer));
        Assert.Empty(await _stage.FilesAsync());
    }

    [Fact]
    public async Task Large_objects_wait_on_the_disk_and_arrive_whole()
    {
        var content = new string('x', 3_000_000);
        var name = await _stage.StoreAsync("data/", content);
        Assert.Equal(content, await _stage.Client.GetStringAsync("data/" + name));
    }

    [Fact]
    public async Task An_object_beyond_the_limit_is_refused()
    {
        await using var small = await ResticStage.StartAsync(new ResticOptions { MaxObject = 100 });
        var content = new string('x', 101);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await small.PostAsync("data/" + ResticStage.NameOf(content), content));
        Assert.Empty(await small.FilesAsync());
    }

    public async ValueTask InitializeAsync() => _stage = await ResticStage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();
}

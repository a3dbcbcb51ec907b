using System.Net;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Gateways.WebDav;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

public sealed class PutTests
{
    private static readonly WebDavOptions NothingInMemory = new() { SpoolInMemory = 16 };

    [Fact]
    public async Task A_new_file_is_created_and_an_old_one_replaced()
    {
        await using var stage = await DavStage.StartAsync();
        using var created = await stage.SendAsync("PUT", "a.txt", "one");
        using var replaced = await stage.SendAsync("PUT", "a.txt", "two");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent), (created.StatusCode, replaced.StatusCode));
        Assert.Equal("two", await stage.ReadAsync("a.txt"));
        using var head = await stage.SendAsync("HEAD", "a.txt");
        Assert.Equal(head.Headers.ETag, replaced.Headers.ETag);
        Assert.NotEqual(created.Headers.ETag, replaced.Headers.ETag);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(70_000)]
    public async Task A_body_of_any_size_waits_without_a_name_and_arrives_whole(int size)
    {
        using var spool = new TempFolder();
        await using var stage = await DavStage.StartAsync(options: NothingInMemory with { SpoolFolder = spool.Path });
        var text = new string('x', size);

        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("PUT", "a", text));
        Assert.Equal(text, await stage.ReadAsync("a"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(spool.Path));
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\nnew content")]
    [InlineData("Content-Length: 70000\r\n\r\nnew content")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nnew c\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n20\r\nnew c")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    public async Task A_cut_upload_leaves_the_old_file_and_nothing_short(string rest)
    {
        using var spool = new TempFolder();
        await using var stage = await DavStage.StartAsync(options: NothingInMemory with { SpoolFolder = spool.Path });
        await stage.PutAsync("old.txt", "old content");

        foreach (var name in new[] { "old.txt", "new.txt" })
            await CutRequest.SendAsync(stage.Url, stage.Gateway.Fill($"PUT /{name} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\n{rest}"));

        Assert.Equal("old content", await stage.ReadAsync("old.txt"));
        Assert.Equal(["old.txt"], (await stage.Volume.ListAsync(VolumePath.Root)).Entries.Select(e => e.Name));
        Assert.Empty(Directory.EnumerateFileSystemEntries(spool.Path));
    }

    [Fact]
    public async Task A_put_that_fails_underneath_leaves_the_old_file()
    {
        await using var stage = await DavStage.StartAsync(new FaultyVolume(new MemoryVolume(), new VolumeFault(VolumeCall.Put, FaultMoment.Halfway, 2) { InResults = true }));
        await stage.PutAsync("a.txt", "old");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await stage.StatusAsync("PUT", "a.txt", "new"));
        Assert.Equal("old", await stage.ReadAsync("a.txt"));
    }

    [Fact]
    public async Task A_full_disk_is_told_as_such()
    {
        var full = new IOException("No space left on device", 28);
        await using var stage = await DavStage.StartAsync(new FaultyVolume(new MemoryVolume(), new VolumeFault(VolumeCall.Put, FaultMoment.Before) { InResults = true, Exception = full }));
        Assert.Equal(HttpStatusCode.InsufficientStorage, await stage.StatusAsync("PUT", "a.txt", "new"));
    }

    [Fact]
    public async Task If_Match_holds()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("a.txt", "one");
        using var head = await stage.SendAsync("HEAD", "a.txt");
        var tag = head.Headers.ETag!.ToString();

        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("PUT", "a.txt", "no", ("If-Match", "\"other\"")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("PUT", "a.txt", "no", ("If-Match", "garbage")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("PUT", "a.txt", "no", ("If-Match", "W/" + tag)));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("PUT", "none.txt", "no", ("If-Match", "*")));
        Assert.Equal("one", await stage.ReadAsync("a.txt"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "a.txt", "two", ("If-Match", $"\"x\", {tag}")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("PUT", "a.txt", "three", ("If-Match", tag)));
        Assert.Equal("two", await stage.ReadAsync("a.txt"));
    }

    [Fact]
    public async Task If_None_Match_holds()
    {
        await using var stage = await DavStage.StartAsync();

        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("PUT", "a.txt", "one", ("If-None-Match", "*")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("PUT", "a.txt", "two", ("If-None-Match", "*")));
        Assert.Equal("one", await stage.ReadAsync("a.txt"));
    }

    [Fact]
    public async Task Of_many_who_believe_to_be_the_first_exactly_one_is()
    {
        await using var stage = await DavStage.StartAsync();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => stage.StatusAsync("PUT", "a.txt", $"{n}", ("If-None-Match", "*"))));
        Assert.Single(statuses, HttpStatusCode.Created);
        Assert.Equal(11, statuses.Count(s => s == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Of_many_who_change_the_same_state_exactly_one_does()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("a.txt", "one");
        using var head = await stage.SendAsync("HEAD", "a.txt");
        var statuses = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => stage.StatusAsync("PUT", "a.txt", $"new {n}", ("If-Match", head.Headers.ETag!.ToString()))));
        Assert.Single(statuses, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_cannot_be_a_file_is_refused()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.Volume.MakeFolderAsync(VolumePath.Parse("folder"));
        await stage.PutAsync("file", "content");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, await stage.StatusAsync("PUT", "", "x"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await stage.StatusAsync("PUT", "folder", "x"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await stage.StatusAsync("PUT", "folder/", "x"));
        Assert.Equal(HttpStatusCode.Conflict, await stage.StatusAsync("PUT", "new/", "x"));
        Assert.Equal(HttpStatusCode.Conflict, await stage.StatusAsync("PUT", "none/a.txt", "x"));
        Assert.Equal(HttpStatusCode.Conflict, await stage.StatusAsync("PUT", "file/a.txt", "x"));
        Assert.Equal("content", await stage.ReadAsync("file"));
    }

    [Fact]
    public async Task A_part_of_a_file_is_refused_cleanly()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("a.txt", "0123456789");
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("PUT", "a.txt", "xx", ("Content-Range", "bytes 2-3/10")));
        Assert.Equal("0123456789", await stage.ReadAsync("a.txt"));
    }

    [Theory]
    [InlineData("1582979696", true)]
    [InlineData("1582979696.5", true)]
    [InlineData("yesterday", false)]
    [InlineData("1e300", false)]
    public async Task The_time_that_owncloud_clients_send_is_kept(string seconds, bool accepted)
    {
        await using var stage = await DavStage.StartAsync();
        using var response = await stage.SendAsync("PUT", "a.txt", "x", ("X-OC-Mtime", seconds));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(accepted, response.Headers.TryGetValues("X-OC-Mtime", out var answer) && answer.Single() == "accepted");
        if (accepted)
            Assert.Equal(1582979696, (await stage.Volume.FindAsync(VolumePath.Parse("a.txt")))!.ModTime!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Whoever_waits_to_be_told_is_refused_before_sending_anything()
    {
        await using var stage = await DavStage.StartAsync();
        var answer = await stage.RawAsync(
            "PUT /none/a.txt HTTP/1.1\r\nHost: {host}\r\nAuthorization: {auth}\r\nContent-Length: 5000000\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        Assert.Equal(409, RawExchange.StatusOf(answer));
    }
}

using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Rest;

/// <summary>Addresses, and what only the service can do.</summary>
public sealed class LinkCallTests
{
    [Fact]
    public async Task A_token_of_a_volume_without_direct_links_is_an_address_here()
    {
        await using var stage = await RestStage.WithFilesAsync("a.txt");
        var answer = (await stage.GetAsync("download/get_token.cgi?path=a.txt")).Done();
        Assert.Equal("False", answer["direct"]);
        Assert.StartsWith(stage.Url + "f/", answer["url"], StringComparison.Ordinal);
        Assert.Equal("a.txt", (await stage.GetAsync(answer["url"])).Text);
        Assert.Equal(answer["url"], (await stage.JsonAsync("download/get_token.cgi", $"{{\"url\":\"{answer["url"]}\"}}")).Done()["url"]);
        (await stage.GetAsync("download/get_token.cgi?path=none")).Refused(404);
        (await stage.GetAsync("download/get_token.cgi?url=https://1fichier.com/?abcdefghij1234567890")).Refused(404);
        (await stage.GetAsync("download/get_token.cgi?url=https://example.com/file")).Refused(400);
        (await stage.GetAsync("download/get_token.cgi?path=a.txt&path=b.txt")).Refused(400);
    }

    [Theory]
    [InlineData(DeliveryMode.Auto, true)]
    [InlineData(DeliveryMode.Redirect, true)]
    [InlineData(DeliveryMode.Proxy, false)]
    public async Task A_token_of_a_file_of_the_service_is_as_the_mode_says(DeliveryMode mode, bool direct)
    {
        await using var service = await Stage.StartAsync(factor: 1);
        var link = service.Control.AddFile("a.txt", "content"u8.ToArray());
        await using var stage = await RestStage.StartAsync(Remote(service), o => o with { Mode = mode });
        var answer = (await stage.JsonAsync("download/get_token.cgi", $"{{\"url\":\"{link}\"}}")).Done();
        Assert.Equal(direct.ToString(), answer["direct"]);
        using var anybody = new HttpClient();
        Assert.Equal("content", direct ? await anybody.GetStringAsync(answer["url"]) : (await stage.GetAsync(answer["url"])).Text);
    }

    [Fact]
    public async Task Many_paths_have_their_addresses_in_one_call()
    {
        await using var stage = await RestStage.WithFilesAsync([.. Enumerable.Range(0, 20).Select(n => $"d/{n:00}")]);
        var all = (await stage.JsonAsync("file/links.cgi", $"{{\"paths\":[{string.Join(',', Enumerable.Range(0, 20).Select(n => $"\"d/{n:00}\""))}]}}")).Done().List("links");
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"/d/{n:00}"), all.Select(l => l.GetProperty("path").GetString()));
        Assert.Equal("d/07", (await stage.GetAsync(all[7].GetProperty("url").GetString()!)).Text);
        var some = (await stage.GetAsync("file/links.cgi?path=d/01&path=none")).Refused(207);
        Assert.Single(some.List("links"));
    }

    [Fact]
    public async Task The_service_fetches_what_it_is_told_to()
    {
        await using var service = await Stage.StartAsync();
        await using var stage = await RestStage.StartAsync(Remote(service));
        var answer = (await stage.JsonAsync("remote/upload.cgi", "{\"urls\":[\"http://example.com/a.iso\",\"https://example.com/b.iso\"],\"folder\":\"/in\"}")).Done();
        Assert.Equal("2", answer["count"]);
        Assert.Equal(2, (await service.Client.RemoteUploads.GetAsync(long.Parse(answer["id"]))).Urls.Count);
        (await stage.FormAsync("remote/upload.cgi", ("url", "file:///etc/passwd"))).Refused(400);
        (await stage.FormAsync("remote/upload.cgi", ("url", "/local"))).Refused(400);
        (await stage.FormAsync("remote/upload.cgi")).Refused(400);
    }

    [Fact]
    public async Task Elsewhere_nothing_can_be_fetched_and_that_is_said()
    {
        await using var stage = await RestStage.StartAsync();
        (await stage.FormAsync("remote/upload.cgi", ("url", "http://example.com/a"))).Refused(501);
    }

    [Fact]
    public async Task Copies_and_moves_on_the_service_send_no_bytes_and_many_uploads_are_one()
    {
        await using var service = await Stage.StartAsync();
        await using var stage = await RestStage.StartAsync(Remote(service));
        (await stage.UploadAsync("?folder=/in", [.. Enumerable.Range(0, 20).Select(n => ("file", $"{n}.txt", $"content {n}"))])).Done();
        var uploads = service.Asked("upload.cgi").Count;
        (await stage.FormAsync("file/copy.cgi", ("path", "in/1.txt"), ("folder", "/in"), ("rename", "copy.txt"))).Done();
        (await stage.FormAsync("file/move.cgi", ("path", "in/2.txt"), ("folder", "/in"), ("rename", "moved.txt"))).Done();
        Assert.Equal((1, 1), (uploads, service.Asked("upload.cgi").Count));
        Assert.Equal("content 1", await stage.ReadAsync("in/copy.txt"));
    }

    [Fact]
    public async Task Room_is_told_where_it_is_known()
    {
        await using var service = await Stage.StartAsync(factor: 1);
        await using var stage = await RestStage.StartAsync(Remote(service));
        Assert.True((await stage.GetAsync("user/info.cgi")).Done().Json.GetProperty("cold_storage").GetInt64() >= 0);
    }

    [Fact]
    public async Task A_locked_account_is_503_and_never_an_empty_folder()
    {
        await using var service = await Stage.StartAsync();
        service.Control.AddFile("f/a.txt", "content"u8.ToArray());
        await using var stage = await RestStage.StartAsync(Remote(service));
        service.Control.LockAccount(true);
        (await stage.GetAsync("folder/list.cgi?path=f")).Refused(503);
        (await stage.GetAsync("download/get_token.cgi?path=f/a.txt")).Refused(503);
        (await stage.UploadAsync("", ("file", "b.txt", "x"))).Refused(503);
    }

    [Fact]
    public async Task Whose_bytes_are_counted_gets_no_direct_link_and_has_nothing_fetched()
    {
        await using var service = await Stage.StartAsync();
        service.Control.AddFile("a.txt", "content"u8.ToArray());
        await using var stage = await RestStage.StartAsync(new ScopedVolume(Remote(service), new AccessScope { Level = AccessLevel.Write, Budget = 1000 }), o => o with { Mode = DeliveryMode.Redirect });
        Assert.Equal("False", (await stage.GetAsync("download/get_token.cgi?path=a.txt")).Done()["direct"]);
        (await stage.FormAsync("remote/upload.cgi", ("url", "http://example.com/a"))).Refused(501);
    }

    private static RemoteVolume Remote(Stage service) => new(new RemoteTree(service.Client, new MemoryListingStore()));
}

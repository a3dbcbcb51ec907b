using System.Net;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways.Http;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>Addresses that stay, on any volume and on the service.</summary>
public sealed class StableLinkTests
{
    [Fact]
    public async Task An_address_stays_when_the_file_is_renamed_or_moved_and_its_name_is_only_for_people()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        var url = await stage.StableUrlAsync("", "a.txt");
        Assert.Matches("^/f/[0-9a-f]{30}/a\\.txt$", url);
        await stage.Volume.MakeFolderAsync(VolumePath.Parse("deep/er"));
        await stage.Volume.MoveAsync([new VolumeMove(VolumePath.Parse("a.txt"), VolumePath.Parse("deep/er/b.txt"))]);

        Assert.Equal((200, "0123456789"), await stage.GetAsync(url));
        Assert.Equal((200, "0123456789"), await stage.GetAsync(url.Replace("a.txt", "anything.strm", StringComparison.Ordinal)));
        Assert.Equal((200, "0123456789"), await stage.GetAsync(url[..^"/a.txt".Length]));
        Assert.Equal((206, "34"), await stage.GetAsync(url, ("Range", "bytes=3-4")));
        await stage.Volume.RemoveAsync([VolumePath.Parse("deep/er/b.txt")]);
        Assert.Equal(404, (await stage.GetAsync(url)).Status);
    }

    [Fact]
    public async Task The_same_content_stored_anew_keeps_its_address_and_another_does_not()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        var url = await stage.StableUrlAsync("", "a.txt");
        await stage.PutAsync("a.txt", "0123456789");
        Assert.Equal((200, "0123456789"), await stage.GetAsync(url));
        await stage.PutAsync("a.txt", "another one");
        Assert.Equal(404, (await stage.GetAsync(url)).Status);
    }

    [Fact]
    public async Task Another_gateway_finds_it_without_having_seen_it()
    {
        await using var first = await HttpStage.StartAsync();
        await first.PutAsync("a/b/c/d.txt", "deep");
        var url = await first.StableUrlAsync("a/b/c/", "d.txt");
        await using var second = await HttpStage.StartAsync(first.Volume);
        Assert.Equal((200, "deep"), await second.GetAsync(url));
    }

    [Theory]
    [InlineData("f/0123456789abcdef0123456789abcd/a.txt")]
    [InlineData("f/zzzzz/a.txt")]
    [InlineData("f/ZZZZZ/a.txt")]
    [InlineData("f/a.txt")]
    [InlineData("f/")]
    [InlineData("f")]
    public async Task What_no_file_is_called_by_is_not_found(string path)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        Assert.Equal(404, (await stage.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_folder_that_is_named_as_the_addresses_begin_keeps_its_files()
    {
        await using var stage = await HttpStage.StartAsync();
        await stage.PutAsync("f/abcde/x.txt", "mine");
        await stage.PutAsync("other.txt", "other");
        Assert.Equal((200, "mine"), await stage.GetAsync("f/abcde/x.txt"));
        Assert.Equal((200, "other"), await stage.GetAsync(await stage.StableUrlAsync("", "other.txt")));
    }

    [Fact]
    public async Task A_token_reaches_by_it_what_is_in_its_folder_and_nothing_else()
    {
        var volume = new MemoryVolume();
        await volume.PutAsync([Plain.New("media/film", "film"), Plain.New("secret", "hidden")]);
        await using var whole = await HttpStage.StartAsync(volume);
        await using var media = await HttpStage.StartAsync(new ScopedVolume(volume, new AccessScope { Path = VolumePath.Parse("media") }));
        Assert.Equal((200, "film"), await media.GetAsync(await whole.StableUrlAsync("media/", "film")));
        Assert.Equal(404, (await media.GetAsync(await whole.StableUrlAsync("", "secret"))).Status);
    }

    [Theory]
    [InlineData(DeliveryMode.Auto, 302)]
    [InlineData(DeliveryMode.Redirect, 302)]
    [InlineData(DeliveryMode.Proxy, 200)]
    public async Task A_file_of_the_service_is_delivered_as_the_mode_says(DeliveryMode mode, int status)
    {
        await using var service = await Stage.StartAsync(factor: 1);
        service.Control.AddFile("f1/a.txt", "content"u8.ToArray());
        await using var stage = await HttpStage.StartAsync(Remote(service), o => o with { Mode = mode });
        using var answer = await stage.SendAsync("GET", await stage.StableUrlAsync("f1/", "a.txt"));

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 200)
        {
            Assert.Equal("content", await answer.Content.ReadAsStringAsync());
            return;
        }

        using var direct = new HttpClient();
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("content", await direct.GetStringAsync(answer.Headers.Location));
        Assert.Equal((200, "content"), await stage.GetAsync("f1/a.txt"));
    }

    [Fact]
    public async Task Looking_and_asking_again_cost_no_further_token()
    {
        await using var service = await Stage.StartAsync(factor: 1);
        var link = service.Control.AddFile("a.txt", "content"u8.ToArray());
        await using var stage = await HttpStage.StartAsync(Remote(service));
        var url = await stage.StableUrlAsync("", "a.txt");
        for (var n = 0; n < 5; n++)
        {
            Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("HEAD", url));
            Assert.Equal(HttpStatusCode.Found, await stage.StatusAsync("GET", url, ("Range", $"bytes={n}-")));
        }

        Assert.Single(service.Asked("download/get_token"));
        Assert.Equal(HttpStatusCode.Found, await stage.StatusAsync("GET", $"/f/{FileLink.Parse(link).Id}/by-its-link.txt"));
    }

    [Theory]
    [InlineData("If-None-Match", "\"x\"", 200)]
    [InlineData("If-Range", "\"x\"", 200)]
    [InlineData("X-Forwarded-For", "203.0.113.9", 200)]
    [InlineData("Forwarded", "for=203.0.113.9", 200)]
    [InlineData("Via", "1.1 proxy", 200)]
    [InlineData("Accept", "*/*", 302)]
    public async Task Auto_passes_through_here_what_the_service_could_not_answer_right(string header, string value, int status)
    {
        await using var service = await Stage.StartAsync();
        service.Control.AddFile("a.txt", "content"u8.ToArray());
        await using var stage = await HttpStage.StartAsync(Remote(service));
        Assert.Equal(status, (int)await stage.StatusAsync("GET", await stage.StableUrlAsync("", "a.txt"), (header, value)));
    }

    [Fact]
    public async Task Nobody_whose_bytes_are_counted_gets_a_direct_link_nor_does_what_is_empty_have_one()
    {
        await using var service = await Stage.StartAsync();
        service.Control.AddFile("a.txt", "content"u8.ToArray());
        var remote = Remote(service);
        await remote.PutAsync([new NewFile(VolumePath.Parse("empty.txt"), 0, _ => ValueTask.FromResult(Stream.Null))]);
        await using var counted = await HttpStage.StartAsync(new ScopedVolume(remote, new AccessScope { Budget = 1000 }), o => o with { Mode = DeliveryMode.Redirect });
        await using var free = await HttpStage.StartAsync(new ScopedVolume(remote, new AccessScope()), o => o with { Mode = DeliveryMode.Redirect });
        var url = await free.StableUrlAsync("", "a.txt");
        Assert.Equal((200, "content"), await counted.GetAsync(url));
        Assert.Equal(302, (await free.GetAsync(url)).Status);
        Assert.Equal((200, ""), await free.GetAsync(await free.StableUrlAsync("", "empty.txt")));
    }

    [Fact]
    public async Task A_link_that_is_handed_out_is_on_record()
    {
        await using var service = await Stage.StartAsync();
        service.Control.AddFile("a.txt", "content"u8.ToArray());
        var log = new Lines();
        var audited = new AuditedVolume(new ScopedVolume(Remote(service), new AccessScope()), new AccessCaller("id", "tv", "http", "127.0.0.1"), log);
        await using var stage = await HttpStage.StartAsync(audited);
        Assert.Equal(302, (await stage.GetAsync(await stage.StableUrlAsync("", "a.txt"))).Status);
        Assert.Equal(["tv link /a.txt Done"], log.Written);
    }

    private static RemoteVolume Remote(Stage service) => new(new RemoteTree(service.Client, new MemoryListingStore()));

    private sealed class Lines : IAccessLog
    {
        public List<string> Written { get; } = [];

        public ValueTask RecordAsync(IReadOnlyList<AccessRecord> records)
        {
            lock (Written)
                Written.AddRange(records.Select(r => $"{r.Caller.User} {r.Verb} {r.Path} {r.Outcome}"));
            return ValueTask.CompletedTask;
        }
    }
}

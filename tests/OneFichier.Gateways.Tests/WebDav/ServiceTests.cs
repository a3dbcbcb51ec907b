using System.Net;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>The face over an account of the service, played: what costs bytes and requests, and what its refusals become.</summary>
public sealed class ServiceTests : IAsyncDisposable
{
    private Stage _service = null!;
    private DavStage _stage = null!;

    [Fact]
    public async Task Moves_and_copies_send_no_bytes()
    {
        await StartAsync();
        await _stage.StatusAsync("MKCOL", "f");
        await _stage.StatusAsync("PUT", "f/a.txt", "content");
        var uploads = Uploads();

        Assert.Equal(HttpStatusCode.Created, await _stage.StatusAsync("COPY", "f/", null, ("Destination", "/copied/")));
        Assert.Equal(HttpStatusCode.Created, await _stage.StatusAsync("MOVE", "f/a.txt", null, ("Destination", "/f/renamed.txt")));
        Assert.Equal(HttpStatusCode.Created, await _stage.StatusAsync("MOVE", "f/", null, ("Destination", "/moved/")));
        Assert.Equal(HttpStatusCode.NoContent, await _stage.StatusAsync("COPY", "moved/renamed.txt", null, ("Destination", "/copied/a.txt")));

        Assert.Equal(uploads, Uploads());
        Assert.Equal(["/copied/a.txt", "/moved/renamed.txt"], _service.Control.Tree().Files.Select(f => "/" + f.Path.TrimStart('/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_service_could_never_store_is_refused_before_the_body_is_sent()
    {
        await StartAsync();
        await _stage.StatusAsync("PUT", "a.txt", "content");
        var name = new string('n', 251);
        foreach (var (path, length, status) in new[] { (name, 5_000_000L, 400), ("huge.bin", 300_000_000_001, 413) })
        {
            var answer = await _stage.RawAsync(
                $"PUT /{path} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nContent-Length: {length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
            Assert.Equal(status, RawExchange.StatusOf(answer));
        }

        Assert.Equal(HttpStatusCode.BadRequest, await _stage.StatusAsync("MKCOL", name));
        Assert.Equal(HttpStatusCode.BadRequest, await _stage.StatusAsync("MOVE", "a.txt", null, ("Destination", $"/{name}")));
        Assert.Equal(HttpStatusCode.BadRequest, await _stage.StatusAsync("COPY", "a.txt", null, ("Destination", $"/{name}")));
        Assert.Equal("content", await _stage.ReadAsync("a.txt"));
    }

    [Fact]
    public async Task Looking_again_costs_nothing()
    {
        await StartAsync(factor: 1);
        for (var n = 0; n < 5; n++)
            _service.Control.AddFile($"f/{n}.txt", "content"u8.ToArray());
        await _stage.StatusAsync("PROPFIND", "f/", null, ("Depth", "1"));
        var cost = _service.Control.Counters.Api;

        for (var n = 0; n < 5; n++)
        {
            Assert.Equal(HttpStatusCode.MultiStatus, await _stage.StatusAsync("PROPFIND", "f/", null, ("Depth", "1")));
            Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync("HEAD", $"f/{n}.txt"));
        }

        Assert.Equal(cost, _service.Control.Counters.Api);
    }

    [Fact]
    public async Task A_locked_account_is_503_and_never_an_empty_folder()
    {
        await StartAsync();
        _service.Control.AddFile("f/a.txt", "content"u8.ToArray());
        _service.Control.LockAccount(true);

        foreach (var (method, path) in new[] { ("PROPFIND", "f/"), ("GET", "f/a.txt"), ("PUT", "b.txt"), ("MKCOL", "g/"), ("DELETE", "f/a.txt") })
            Assert.Equal((method, HttpStatusCode.ServiceUnavailable), (method, await _stage.StatusAsync(method, path, null, ("Depth", method == "PROPFIND" ? "1" : "infinity"))));
    }

    [Fact]
    public async Task An_entity_tag_tells_contents_apart_and_outlives_a_move()
    {
        await StartAsync();
        await _stage.StatusAsync("PUT", "a.txt", "one");
        var one = await TagAsync("a.txt");
        await _stage.StatusAsync("MOVE", "a.txt", null, ("Destination", "/b.txt"));
        Assert.Equal(one, await TagAsync("b.txt"));
        await _stage.StatusAsync("PUT", "b.txt", "two");
        Assert.NotEqual(one, await TagAsync("b.txt"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _service.DisposeAsync();
    }

    private async Task StartAsync(double factor = 100)
    {
        _service = await Stage.StartAsync(factor: factor);
        _stage = await DavStage.StartAsync(new RemoteVolume(new RemoteTree(_service.Client, new MemoryListingStore())));
    }

    private int Uploads() => _service.Control.Requests.Count(r => r.Endpoint == "upload.cgi");

    private async Task<string> TagAsync(string path)
    {
        using var head = await _stage.SendAsync("HEAD", path);
        return head.Headers.ETag!.ToString();
    }
}

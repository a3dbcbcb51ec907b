using System.Net;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>Methods, types and headers of the HTTP face.</summary>
public sealed class FaceTests
{
    [Theory]
    [InlineData("POST", 405)]
    [InlineData("PUT", 405)]
    [InlineData("DELETE", 405)]
    [InlineData("PATCH", 405)]
    [InlineData("TRACE", 405)]
    [InlineData("PROPFIND", 405)]
    [InlineData("FROB", 501)]
    [InlineData("get", 501)]
    public async Task Methods_that_change_or_are_unknown_are_refused_by_what_is_allowed(string method, int status)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        foreach (var path in new[] { "/a.txt", "/", "/none" })
        {
            var raw = await stage.Gateway.RawAsync($"{method} {path} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.Equal(status, RawExchange.StatusOf(raw));
            Assert.Contains("\r\nAllow: GET, HEAD, OPTIONS\r\n", raw, StringComparison.Ordinal);
        }

        Assert.Equal((200, "0123456789"), await stage.GetAsync("a.txt"));
    }

    [Theory]
    [InlineData("/a.txt")]
    [InlineData("/")]
    [InlineData("*")]
    public async Task Options_says_what_is_allowed(string target)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        var raw = await stage.Gateway.RawAsync($"OPTIONS {target} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n\r\n");
        Assert.Equal(204, RawExchange.StatusOf(raw));
        Assert.Contains("\r\nAllow: GET, HEAD, OPTIONS\r\n", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_says_what_get_says_without_a_body()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        foreach (var path in new[] { "a.txt", "", "?format=json" })
        {
            using var get = await stage.SendAsync("GET", path);
            using var head = await stage.SendAsync("HEAD", path);
            Assert.Equal(Headers(get), Headers(head));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }

        static List<string> Headers(HttpResponseMessage response) =>
            [.. response.Headers.Concat(response.Content.Headers).Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("page.html", "text/html", true)]
    [InlineData("page.xhtml", "application/xhtml+xml", true)]
    [InlineData("drawing.svg", "image/svg+xml", true)]
    [InlineData("feed.xml", "text/xml", true)]
    [InlineData("code.js", "text/javascript", true)]
    [InlineData("page.mht", "message/rfc822", true)]
    [InlineData("a.txt", "text/plain", false)]
    [InlineData("a.png", "image/png", false)]
    [InlineData("a.pdf", "application/pdf", false)]
    [InlineData("a.mkv", "video/x-matroska", false)]
    [InlineData("a.mp4", "video/mp4", false)]
    [InlineData("a.flac", "audio/flac", false)]
    [InlineData("unknown.zzz", "application/octet-stream", false)]
    [InlineData("noext", "application/octet-stream", false)]
    public async Task The_type_is_that_of_the_name_and_what_would_run_is_boxed_in(string name, string type, bool boxed)
    {
        await using var stage = await HttpStage.StartAsync();
        await stage.PutAsync(name, "<script>alert(1)</script>");
        using var response = await stage.SendAsync("GET", name);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(boxed, response.Headers.TryGetValues("Content-Security-Policy", out var policy) && policy.Single() == "sandbox");
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "text/html; charset=utf-8", true)]
    [InlineData("TEXT/HTML", "TEXT/HTML", true)]
    [InlineData("multipart/x-mixed-replace; boundary=x", "image/png", false)]
    [InlineData("text/html\r\nX-Evil: 1", "image/png", false)]
    [InlineData("nonsense", "image/png", false)]
    public async Task The_type_the_service_states_is_judged_too(string stated, string told, bool boxed)
    {
        var volume = new TypedVolume(new MemoryVolume(new ManualTime()), stated);
        await using var stage = await HttpStage.StartAsync(volume);
        await stage.PutAsync("a.png", "x");
        using var response = await stage.SendAsync("GET", "a.png");
        Assert.Equal(told, response.Content.Headers.ContentType!.ToString());
        Assert.Equal(boxed, response.Headers.Contains("Content-Security-Policy"));
        Assert.False(response.Headers.Contains("X-Evil"));
    }

    [Fact]
    public async Task Download_offers_the_file_under_its_name_whatever_is_in_it()
    {
        await using var stage = await HttpStage.StartAsync();
        const string Name = "é \"日本\";\r\nX: y.txt";
        await stage.PutAsync(Name, "x");
        using var response = await stage.SendAsync("GET", Uri.EscapeDataString(Name) + "?download");
        var disposition = response.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.Equal(Name, disposition.FileNameStar);
        Assert.False(response.Headers.Contains("X"));
    }

    [Fact]
    public async Task A_file_is_no_folder_and_a_folder_without_its_slash_is_sent_on_to_it()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        await stage.Volume.MakeFolderAsync(VolumePath.Parse("sub folder"));
        Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync("GET", "a.txt/"));
        using var moved = await stage.SendAsync("GET", "sub%20folder?format=json");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/sub%20folder/?format=json"), (moved.StatusCode, moved.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task A_content_that_breaks_off_is_cut_and_never_ends_as_if_it_were_whole()
    {
        await using var stage = await HttpStage.StartAsync(new FaultyVolume(new MemoryVolume(), new VolumeFault(VolumeCall.Open, FaultMoment.Halfway)));
        await stage.PutAsync("a.txt", new string('x', 100_000));
        await Assert.ThrowsAnyAsync<Exception>(() => stage.GetAsync("a.txt"));
    }

    /// <summary>Every file is of the type that the service says.</summary>
    private sealed class TypedVolume(IVolume inner, string type) : VolumeDecorator(inner)
    {
        public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) =>
            await base.FindAsync(path, cancellationToken) is { } entry ? entry with { ContentType = entry.IsFolder ? null : type } : null;
    }
}

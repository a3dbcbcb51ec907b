using System.Net;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>What attackers send is refused, and the face lives on.</summary>
public sealed class HostilityTests
{
    [Theory]
    [InlineData("/..")]
    [InlineData("/../secret")]
    [InlineData("/%2e%2e/secret")]
    [InlineData("/.%2E/secret")]
    [InlineData("/a/..%2fsecret")]
    [InlineData("/..%5csecret")]
    [InlineData("/..%5Csecret")]
    [InlineData("/..\\secret")]
    [InlineData("/%252e%252e/secret")]
    [InlineData("/%c0%ae%c0%ae/secret")]
    [InlineData("/%e0%80%ae%e0%80%ae/secret")]
    [InlineData("/..%00/secret")]
    [InlineData("/a.txt%00.html")]
    [InlineData("/%uff0e%uff0e/secret")]
    [InlineData("/....//secret")]
    [InlineData("//secret/../../secret")]
    [InlineData("/..;/secret")]
    [InlineData("/f/..%2f..%2fsecret")]
    [InlineData("/f/zzzzz/..%2f..%2fsecret")]
    [InlineData("http://evil.example/../secret")]
    [InlineData("/?format=../../secret")]
    public async Task No_way_of_writing_a_path_leads_out_of_the_folder_on_the_disk(string target)
    {
        using var disk = new TempFolder();
        disk.Write("secret", "hidden"u8.ToArray());
        Directory.CreateDirectory(disk["served"]);
        disk.Write("served/a.txt", "open"u8.ToArray());
        await using var stage = await HttpStage.StartAsync(new LocalVolume(disk["served"]));
        foreach (var method in new[] { "GET", "HEAD" })
        {
            var raw = await stage.Gateway.RawAsync($"{method} {target} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n\r\n");
            Assert.Contains(RawExchange.StatusOf(raw), new[] { 400, 404, 421 });
            Assert.DoesNotContain("hidden", raw, StringComparison.Ordinal);
        }

        Assert.Equal((200, "open"), await stage.GetAsync("a.txt"));
    }

    [Fact]
    public async Task Overlong_lines_headers_and_lists_are_refused()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        Assert.Contains(RawExchange.StatusOf(await stage.Gateway.RawAsync($"GET /{new string('x', 20_000)} HTTP/1.1\r\nHost: {{host}}\r\n\r\n")), new[] { 414, 0 });
        Assert.Contains(RawExchange.StatusOf(await stage.Gateway.RawAsync($"GET /a.txt HTTP/1.1\r\nHost: {{host}}\r\nX: {new string('x', 60_000)}\r\n\r\n")), new[] { 431, 0 });
        Assert.Equal((200, "0123456789"), await stage.GetAsync("a.txt", ("Range", "bytes=" + string.Join(',', Enumerable.Repeat("0-", 5_000)))));
        Assert.Equal((200, "0123456789"), await stage.GetAsync("a.txt", ("If-None-Match", string.Join(',', Enumerable.Repeat("\"x\"", 5_000)))));
        Assert.Equal((200, "0123456789"), await stage.GetAsync("a.txt", ("If-None-Match", new string(',', 20_000) + "\"")));
    }

    [Fact]
    public async Task Pages_of_other_sites_neither_read_nor_learn_anything()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await stage.StatusAsync("GET", "a.txt", ("Origin", "http://evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await stage.StatusAsync("GET", "a.txt", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image")));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("GET", "a.txt", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")));
        using var answer = await stage.SendAsync("GET", "a.txt");
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        using var stranger = stage.Gateway.NewClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(await stage.StableUrlAsync("", "a.txt"))).StatusCode);
    }

    [Fact]
    public async Task A_folder_is_never_sent_on_to_another_host()
    {
        await using var stage = await HttpStage.StartAsync();
        await stage.Volume.MakeFolderAsync(VolumePath.Parse("evil.example/x"));
        foreach (var target in new[] { "//evil.example", "///evil.example", "/%2fevil.example", "//evil.example/x" })
        {
            var raw = await stage.Gateway.RawAsync($"GET {target} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n\r\n");
            Assert.DoesNotContain("Location: //", raw, StringComparison.Ordinal);
            Assert.DoesNotContain("Location: http", raw, StringComparison.Ordinal);
        }
    }
}

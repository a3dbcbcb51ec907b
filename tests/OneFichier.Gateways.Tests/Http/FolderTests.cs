using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneFichier.Drive;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>Folders as pages, JSON and playlists.</summary>
public sealed class FolderTests
{
    [Fact]
    public async Task Every_name_on_a_page_is_only_text_and_leads_to_its_file()
    {
        await using var stage = await HttpStage.StartAsync();
        string[] names = ["<b>bold</b>", "a&amp;b", "\"quoted'", "javascript:alert(1)", "per%41cent #1?.txt", "é日本", "..txt", " spaced ", "<script>alert(1)</script>.html", "//evil.example"];
        foreach (var name in names.Where(n => !n.Contains('/')))
            await stage.PutAsync("f/" + name, name);
        using var page = await stage.SendAsync("GET", "f/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        var links = Regex.Matches(html, "<td><a href=\"([^\"]*)\">([^<]*)</a>").Select(m => (Href: WebUtility.HtmlDecode(m.Groups[1].Value), Text: WebUtility.HtmlDecode(m.Groups[2].Value))).ToList();
        Assert.Equal(names.Where(n => !n.Contains('/')).Append("../").Order(StringComparer.Ordinal), links.Select(l => l.Text).Order(StringComparer.Ordinal));
        foreach (var (href, text) in links.Where(l => l.Text != "../"))
            Assert.Equal((200, text), await stage.GetAsync(new Uri(new Uri(stage.Url, "f/"), href).AbsoluteUri));
    }

    [Theory]
    [InlineData("", "sub/ a.txt b.txt c.txt")]
    [InlineData("?sort=name&order=desc", "sub/ c.txt b.txt a.txt")]
    [InlineData("?sort=size", "sub/ b.txt c.txt a.txt")]
    [InlineData("?sort=size&order=desc", "sub/ a.txt c.txt b.txt")]
    [InlineData("?sort=time", "sub/ c.txt a.txt b.txt")]
    [InlineData("?sort=%3Cscript%3E&order=%22", "sub/ a.txt b.txt c.txt")]
    public async Task A_page_is_in_the_order_that_is_asked_for(string query, string expected)
    {
        await using var stage = await HttpStage.StartAsync();
        await stage.PutAsync("a.txt", "xxx", HttpStage.Changed.AddDays(1));
        await stage.PutAsync("b.txt", "x", HttpStage.Changed.AddDays(2));
        await stage.PutAsync("c.txt", "xx", HttpStage.Changed);
        await stage.Volume.MakeFolderAsync(VolumePath.Parse("sub"));
        var html = (await stage.GetAsync(query)).Body;
        Assert.Equal(expected, string.Join(' ', Regex.Matches(html, "<td><a href=\"[^\"]*\">([^<]*)</a>").Select(m => m.Groups[1].Value)));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Json_tells_all_that_is_known()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        await stage.Volume.MakeFolderAsync(VolumePath.Parse("sub"));
        var (status, body) = await stage.GetAsync("?format=json");
        var root = JsonDocument.Parse(body).RootElement;
        var entries = root.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal((200, "/", true, 2), (status, root.GetProperty("path").GetString(), root.GetProperty("complete").GetBoolean(), entries.Count));
        Assert.Equal(("a.txt", "file", 10L, HttpStage.Changed), (entries[0].GetProperty("name").GetString(), entries[0].GetProperty("type").GetString(), entries[0].GetProperty("size").GetInt64(), entries[0].GetProperty("modified").GetDateTimeOffset()));
        Assert.Equal(128, entries[0].GetProperty("whirlpool").GetString()!.Length);
        Assert.Equal((200, "0123456789"), await stage.GetAsync(entries[0].GetProperty("url").GetString()!));
        Assert.Equal("folder", entries[1].GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_playlist_names_what_can_be_played_by_addresses_that_stay()
    {
        await using var stage = await HttpStage.StartAsync();
        foreach (var path in new[] { "m/one.mp3", "m/two.mkv", "m/notes.txt", "m/deep/three\n#EXTINF:evil.flac" })
            await stage.PutAsync(path, "x");
        var flat = (await stage.GetAsync("m/?format=m3u")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var deep = (await stage.GetAsync("m/?format=m3u&recursive=1")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["#EXTM3U", "#EXTINF:-1,one.mp3", "#EXTINF:-1,two.mkv"], flat.Where(l => l[0] == '#'));
        Assert.Equal(["#EXTM3U", "#EXTINF:-1,one.mp3", "#EXTINF:-1,two.mkv", "#EXTINF:-1,three #EXTINF:evil.flac"], deep.Where(l => l[0] == '#'));
        await stage.Volume.MoveAsync([new VolumeMove(VolumePath.Parse("m/one.mp3"), VolumePath.Parse("renamed.mp3"))]);
        foreach (var url in deep.Where(l => l[0] != '#'))
        {
            Assert.StartsWith(stage.Url + "f/", url, StringComparison.Ordinal);
            Assert.Equal((200, "x"), await stage.GetAsync(url));
        }
    }

    [Fact]
    public async Task A_playlist_has_an_end()
    {
        await using var stage = await HttpStage.StartAsync(change: o => o with { MaxPlaylist = 3 });
        for (var n = 0; n < 9; n++)
            await stage.PutAsync($"m/{n % 3}/{n}.mp3", "x");
        var lines = (await stage.GetAsync("m/?format=m3u&recursive")).Body.Split('\n');
        Assert.Equal(3, lines.Count(l => l.StartsWith("http", StringComparison.Ordinal)));
        Assert.Single(lines, l => l.Contains("more files", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_is_still_the_same_is_told_so()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        var tag = await stage.TagAsync("");
        Assert.Equal(HttpStatusCode.NotModified, await stage.StatusAsync("GET", "", ("If-None-Match", tag)));
        await stage.PutAsync("b.txt", "x");
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("GET", "", ("If-None-Match", tag)));
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("GET", "?format=zip"));
    }

    [Fact]
    public async Task A_listing_that_cannot_be_had_is_an_error_and_never_an_empty_folder()
    {
        await using var service = await Stage.StartAsync();
        service.Control.AddFile("f/a.txt", "content"u8.ToArray());
        await using var stage = await HttpStage.StartAsync(new RemoteVolume(new RemoteTree(service.Client, new MemoryListingStore())));
        service.Control.LockAccount(true);
        foreach (var path in new[] { "f/", "f/?format=json", "f/?format=m3u", "f/a.txt", "f/zzzzz11111/x" })
            Assert.Equal((path, HttpStatusCode.ServiceUnavailable), (path, await stage.StatusAsync("GET", path)));
    }
}

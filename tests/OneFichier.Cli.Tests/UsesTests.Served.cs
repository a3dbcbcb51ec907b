using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OneFichier.Cli.Tests.Trees;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

public sealed partial class UsesTests
{
    [Fact]
    public async Task An_address_of_the_gateway_serves_on_when_the_direct_link_behind_it_has_ended()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("videos/clip.mp4", "a clip"u8);
        string[] serve = ["http", "1f:videos", "--mode", "redirect", "--no-auth"];
        using var stable = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var anybody = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        string address;
        Uri first;
        using (var serving = await Serving.StartAsync(desk, serve))
        {
            address = (await anybody.GetFromJsonAsync<JsonElement>(serving.Url + "/?format=json")).GetProperty("entries")[0].GetProperty("url").GetString()!;
            first = (await stable.GetAsync(new Uri(new Uri(serving.Url), address))).Headers.Location!;
            Assert.Equal("a clip", await anybody.GetStringAsync(first));
            Assert.Equal(0, (await serving.TerminateAsync()).Code);
        }

        // The program's clock cannot be moved from here; one that starts anew has no link left either.
        desk.Control.Advance(TimeSpan.FromHours(2));
        using var again = await Serving.StartAsync(desk, serve);
        var there = new Uri(new Uri(again.Url), address);
        Assert.NotEqual("a clip", await (await anybody.GetAsync(first)).Content.ReadAsStringAsync());
        Assert.Equal("a clip", await anybody.GetStringAsync(there));
        Assert.NotEqual(first, (await stable.GetAsync(there)).Headers.Location);
    }

    [Fact, Row("rclone")]
    public async Task The_real_rclone_takes_its_settings_and_lists_the_account()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/rclone"), "There is no rclone here.");
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("films/a.mkv", "film a"u8);
        using var serving = await Serving.StartAsync(desk, "webdav", "1f:");
        (await desk.ShellAsync(Command("rclone") + $" --url {serving.Url}")).Done();
        Assert.Equal("films/\nfilms/a.mkv\n", (await desk.ShellAsync("rclone --config rclone.conf lsf -R fichier: | sort")).Done().Out);
    }

    [Fact, Row("NAS")]
    public async Task A_NAS_keeps_its_files_over_WebDAV_and_HTTPS_under_the_name_of_the_gateway()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var token = (await desk.RunAsync("token", "issue", "--name", "nas", "--scope", "write", "--face", "webdav", "--json")).Done().Json;
        using var serving = await ServeAsync(desk, "NAS");
        var port = new Uri(serving.Url).Port;
        Assert.StartsWith("https://", serving.Url, StringComparison.Ordinal);
        var at = $"https://fichier.lan:{port}";
        var curl = $"curl -sS -f -k --noproxy '*' --resolve fichier.lan:{port}:127.0.0.1 -u nas:{token.GetProperty("secret").GetString()}";

        (await desk.ShellAsync($"{curl} -X OPTIONS {at}/ && {curl} -X MKCOL {at}/backup && {curl} -T {desk.File("a b.txt", "kept\n").Replace(" ", "\\ ", StringComparison.Ordinal)} {at}/backup/a%20b.txt.part "
            + $"&& {curl} -X MOVE -H 'Destination: {at}/backup/a%20b.txt' {at}/backup/a%20b.txt.part")).Done();
        var looked = (await desk.ShellAsync($"{curl} -X PROPFIND -H 'Depth: 1' -H 'Content-Type: text/xml' --data '<propfind xmlns=\"DAV:\"><prop><getcontentlength/><getlastmodified/><quota-available-bytes/><quota-used-bytes/></prop></propfind>' {at}/backup/")).Done().Out;
        Assert.Contains("/backup/a%20b.txt", looked);
        Assert.Matches(">5<", looked);
        Assert.Matches("quota-available-bytes>[0-9]{3,}<", looked);
        Assert.Equal("kept\n", (await desk.ShellAsync($"{curl} {at}/backup/a%20b.txt")).Done().Out);
        Assert.NotEqual(0, (await desk.ShellAsync($"{curl.Replace("fichier.lan", "other.lan", StringComparison.Ordinal)} https://other.lan:{port}/")).Code);
        Assert.Equal(0, (await serving.TerminateAsync()).Code);
        Assert.Equal(["backup/a b.txt"], desk.Stored());
    }

    [Fact, Row("restic itself")]
    public async Task Restic_adds_backups_and_removes_none()
    {
        Assert.SkipUnless(ResticClient.IsHere, "There is no restic here; on Debian it is in the package restic.");
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync("mkdir", "1f:backups")).Done();
        var token = (await desk.RunAsync("token", "issue", "--name", "laptop", "--scope", "write", "--path", "1f:backups", "--face", "restic", "--json")).Done().Json;
        using var serving = await ServeAsync(desk, "restic itself");
        var url = new Uri(serving.Url);
        var restic = new ResticClient($"rest:http://laptop:{token.GetProperty("secret").GetString()}@{url.Authority}/", Directory.CreateDirectory(Path.Combine(desk.Home, "restic")).FullName);
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", desk.File("a.txt"));
        Assert.NotEqual(0, (await restic.RunAsync("forget", "latest", "--prune")).Exit);
        Assert.Equal(0, (await serving.TerminateAsync()).Code);
        Assert.Contains(desk.Stored(), f => f.StartsWith("backups/snapshots/", StringComparison.Ordinal));
    }

    [Fact, Row("browsers, players")]
    public async Task A_browser_sees_the_films_and_a_player_seeks_in_one()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("films/a.mkv", "film a"u8);
        var token = (await desk.RunAsync("token", "issue", "--name", "tv", "--json")).Done().Json;
        using var serving = await ServeAsync(desk, "browsers, players");
        using var client = serving.ClientOf("tv", token.GetProperty("secret").GetString()!);
        Assert.Contains("href=\"a.mkv\"", await client.GetStringAsync(""), StringComparison.Ordinal);
        using var part = new HttpRequestMessage(HttpMethod.Get, "a.mkv") { Headers = { Range = new(5, null) } };
        Assert.Equal("a", await (await client.SendAsync(part)).Content.ReadAsStringAsync());
    }

    [Fact, Row("programs of one's own")]
    public async Task A_program_stores_a_file_with_one_call()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var token = (await desk.RunAsync("token", "issue", "--name", "script", "--scope", "write", "--json")).Done().Json;
        using (var serving = await ServeAsync(desk, "programs of one's own"))
        {
            using var client = serving.ClientOf("script", token.GetProperty("secret").GetString()!);
            (await client.PostAsync("upload.cgi?name=new.txt", new ByteArrayContent(Encoding.UTF8.GetBytes("new")))).EnsureSuccessStatusCode();
            Assert.Equal(0, (await serving.TerminateAsync()).Code);
        }

        Assert.Equal("new", desk.Content("new.txt"));
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OneFichier.Cli.Tests;

public sealed class ServeTests
{
    [Fact]
    public async Task A_folder_of_the_account_is_served_to_a_token_and_all_it_does_is_on_record()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send");
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync("put", desk.File("film.mkv", "a film\n"), "1f:media")).Done();
        (await desk.RunAsync("put", desk.File("private.txt"), "1f:")).Done();
        var token = (await desk.RunAsync("token", "issue", "--name", "tv", "--path", "1f:media", "--face", "webdav", "--json")).Done().Json;
        using var serving = await Serving.StartAsync(desk, "webdav", "1f:");
        Assert.Equal($"listening on {serving.Url}", serving.Announced);

        using var client = serving.ClientOf("tv", token.GetProperty("secret").GetString()!);
        Assert.Equal("a film\n", await client.GetStringAsync("film.mkv"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("private.txt")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PutAsync("new.txt", new StringContent("x"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await serving.ClientOf("tv", Environment.ProcessId + "wrong").GetAsync("film.mkv")).StatusCode);

        var key = desk.Environment["FICHIER_API_KEY"];
        Assert.Equal(HttpStatusCode.Unauthorized, (await serving.ClientOf("tv", key).GetAsync("film.mkv")).StatusCode);
        (await desk.RunAsync("token", "revoke", "tv")).Done();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("film.mkv")).StatusCode);

        var end = await serving.TerminateAsync();
        Assert.Equal(0, end.Code);
        var log = (await desk.RunAsync("token", "log", "--json", "--since", "1h")).Done();
        var lines = log.Lines.Select(l => JsonDocument.Parse(l).RootElement).Select(e => $"{e.GetProperty("verb")} {e.GetProperty("path")} {e.GetProperty("outcome")}").ToList();
        Assert.Equal("login / done", lines[0]);
        Assert.Contains("open /media/film.mkv done", lines);
        Assert.Contains("put /media/new.txt refused", lines);
        Assert.Equal(3, lines.Count(l => l == "login / refused"));
        Assert.DoesNotContain(key, log.Out + end.Error, StringComparison.Ordinal);
        Assert.Contains("account's own key", end.Error, StringComparison.Ordinal);
        (await desk.RunAsync("token", "log", "--verify")).Done();
    }

    [Fact]
    public async Task Files_are_browsed_redirected_and_handled_by_simple_calls()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send");
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync("put", desk.File("film.mkv", "a film\n"), "1f:media")).Done();
        var token = (await desk.RunAsync("token", "issue", "--name", "tv", "--scope", "write", "--path", "1f:media", "--json")).Done().Json;
        var secret = token.GetProperty("secret").GetString()!;
        using (var serving = await Serving.StartAsync(desk, "http", "1f:", "--mode", "proxy"))
        using (var client = serving.ClientOf("tv", secret))
        {
            var entry = JsonDocument.Parse(await client.GetStringAsync("?format=json")).RootElement.GetProperty("entries")[0];
            Assert.Equal("a film\n", await client.GetStringAsync(entry.GetProperty("url").GetString()!.TrimStart('/')));
            Assert.Contains("href=\"film.mkv\"", await client.GetStringAsync(""), StringComparison.Ordinal);
            Assert.Equal(0, (await serving.TerminateAsync()).Code);
        }

        using (var serving = await Serving.StartAsync(desk, "rest", "1f:", "--mode", "redirect"))
        using (var client = serving.ClientOf("tv", secret))
        {
            using var stored = await client.PostAsync("upload.cgi?name=new.txt", new ByteArrayContent("new"u8.ToArray()));
            Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
            var own = JsonDocument.Parse(await stored.Content.ReadAsStringAsync()).RootElement.GetProperty("links")[0].GetProperty("url").GetString();
            Assert.Equal("new", await client.GetStringAsync(own));
            var direct = JsonDocument.Parse(await client.GetStringAsync("download/get_token.cgi?path=film.mkv")).RootElement;
            Assert.True(direct.GetProperty("direct").GetBoolean());
            using var anybody = new HttpClient();
            Assert.Equal("a film\n", await anybody.GetStringAsync(direct.GetProperty("url").GetString()));
            Assert.Equal(0, (await serving.TerminateAsync()).Code);
        }

        Assert.Contains("link", (await desk.RunAsync("token", "log")).Done().Out, StringComparison.Ordinal);
        Assert.Contains("media/new.txt", (await desk.RunAsync("ls", "-R", "1f:")).Done().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_is_on_the_account_once_the_server_has_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send");
        await using var desk = await Desk.WithSandboxAsync();
        var token = (await desk.RunAsync("token", "issue", "--name", "nas", "--scope", "append", "--json")).Done().Json;
        using var serving = await Serving.StartAsync(desk, "webdav", "1f:", "--write-back", "1h");
        using var client = serving.ClientOf("nas", token.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.Created, (await client.PutAsync("backup.tar", new StringContent("all of it"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PutAsync("backup.tar", new StringContent("encrypted"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.DeleteAsync("backup.tar")).StatusCode);
        Assert.Equal("all of it", await client.GetStringAsync("backup.tar"));
        Assert.Equal(0, (await serving.TerminateAsync()).Code);
        Assert.Equal("all of it", (await desk.RunAsync("cat", "1f:backup.tar")).Done().Out);
    }

    [Fact]
    public async Task A_log_that_was_touched_is_told_by_the_exit_code()
    {
        await using var desk = Desk.Alone();
        Directory.CreateDirectory(Path.Combine(desk.Home, "share"));
        using (var serving = await Serving.StartAsync(desk, "webdav", Path.Combine(desk.Home, "share"), "--no-auth"))
        {
            Assert.Equal(HttpStatusCode.Created, (await serving.ClientOf("", "").PutAsync("a", new StringContent("x"))).StatusCode);
            Assert.Equal(0, (await serving.TerminateAsync()).Code);
        }

        var log = Path.Combine(desk.Home, "state/fichier/gateway/audit/audit.log");
        await File.WriteAllTextAsync(log, (await File.ReadAllTextAsync(log)).Replace("\"/a\"", "\"/b\"", StringComparison.Ordinal));
        var verdict = await desk.RunAsync("token", "log", "--verify");
        Assert.Equal(21, verdict.Code);
        Assert.StartsWith("audit.log line 2", verdict.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("without TLS", "--addr", "0.0.0.0:0")]
    [InlineData("from the network", "--addr", "0.0.0.0:0", "--tls-self-signed", "--no-auth")]
    [InlineData("HOST:PORT", "--addr", "nowhere")]
    public async Task What_would_be_open_to_the_network_has_to_be_asked_for(string word, params string[] flags)
    {
        await using var desk = Desk.Alone();
        var outcome = await desk.RunAsync(["serve", "webdav", desk.Home, .. flags]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(word, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_served()
    {
        await using var desk = await Desk.WithSandboxAsync();
        Assert.Equal(3, (await desk.RunAsync("serve", "webdav", "1f:none", "--addr", "127.0.0.1:0")).Code);
    }
}

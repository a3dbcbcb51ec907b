using System.Text.Json;

namespace OneFichier.Cli.Tests;

public sealed class TokenTests
{
    [Fact]
    public async Task A_token_is_shown_once_listed_without_its_secret_and_revoked()
    {
        await using var desk = Desk.Alone();
        var issued = (await desk.RunAsync("token", "issue", "--name", "nas", "--scope", "append", "--path", "1f:media/films", "--face", "webdav,http", "--expires", "30d", "--ip", "192.168.1.7/16", "--budget", "100GB", "--json")).Done().Json;
        Assert.Equal(("nas", "append", "/media/films", 107374182400L, "1f"), (Text(issued, "user"), Text(issued, "scope"), Text(issued, "path"), issued.GetProperty("budget").GetInt64(), Text(issued, "remote")));
        Assert.Equal(["webdav", "http"], issued.GetProperty("faces").EnumerateArray().Select(f => f.GetString()!));
        Assert.Equal("192.168.0.0/16", issued.GetProperty("networks")[0].GetString());
        Assert.InRange(issued.GetProperty("expires").GetDateTimeOffset(), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

        var listed = (await desk.RunAsync("token", "ls", "--json")).Done();
        Assert.Equal("alive", listed.Json[0].GetProperty("state").GetString());
        Assert.DoesNotContain(Text(issued, "secret")[^40..], listed.Out, StringComparison.Ordinal);

        (await desk.RunAsync("token", "revoke", Text(issued, "id"))).Done();
        Assert.Equal("[]", (await desk.RunAsync("token", "ls", "--json")).Done().Out.Trim());
        Assert.Equal("revoked", (await desk.RunAsync("token", "ls", "--all", "--json")).Done().Json[0].GetProperty("state").GetString());
        Assert.Equal(1, (await desk.RunAsync("token", "revoke", "nas")).Code);
    }

    [Theory]
    [InlineData("--scope", "god")]
    [InlineData("--face", "telnet")]
    [InlineData("--ip", "300.1.1.1")]
    [InlineData("--ip", "10.0.0.0/33")]
    [InlineData("--path", "media")]
    [InlineData("--path", "/a/../b")]
    [InlineData("--name", "a:b")]
    [InlineData("--budget", "much")]
    public async Task What_makes_no_sense_is_refused(string flag, string value)
    {
        await using var desk = Desk.Alone();
        Assert.Equal(2, (await desk.RunAsync("token", "issue", flag, value)).Code);
        Assert.Equal("[]", (await desk.RunAsync("token", "ls", "--json")).Done().Out.Trim());
    }

    [Fact]
    public async Task The_log_of_nothing_is_empty_and_whole()
    {
        await using var desk = Desk.Alone();
        Assert.Equal("", (await desk.RunAsync("token", "log")).Done().Out);
        Assert.True((await desk.RunAsync("token", "log", "--verify", "--json")).Done().Json.GetProperty("intact").GetBoolean());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

using System.Diagnostics;
using OneFichier.Cli.Tests.Trees;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Links;

public sealed class RemoteUploadTests
{
    [Fact]
    public async Task Addresses_are_ordered_waited_for_and_made_sure_of()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        var list = desk.File("urls.txt", $"# two\n{origin.Add("a.iso", "first")}?X-Amz-Signature=SECRET\n{origin.Add("b.iso", "second")}\t6\tother.iso\n");

        var outcome = (await desk.RunAsync("remote", "add", "--from-file", list, "--to", "1f:iso/new", "--wait", "--json", "-vv")).Done();

        Assert.Equal(["1f:iso/new/a.iso", "1f:iso/new/other.iso"], outcome.Paths("arrived"));
        Assert.Equal(2, outcome.Sum("files"));
        Assert.Equal(["iso/new/a.iso", "iso/new/other.iso"], desk.Stored());
        Assert.DoesNotContain("SECRET", outcome.Out + outcome.Error, StringComparison.Ordinal);
        Assert.Contains(origin.Requests, r => r.Query == "X-Amz-Signature=SECRET");
    }

    [Fact]
    public async Task Without_waiting_the_number_is_printed_and_the_request_can_be_looked_at()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        var url = origin.Add("a.iso", "first");

        var id = (await desk.RunAsync(["remote", "add", "-", "--to", "1f:in", "--cookie", "session=abc"], url + "?sig=SECRET\n")).Done().Out.Trim();
        Outcome info;
        do
            info = (await desk.RunAsync("remote", "info", id, "--json")).Done();
        while (info.Json.GetProperty("results")[0].GetProperty("state").GetString() == "waiting");

        Assert.Equal("done", info.Json.GetProperty("results")[0].GetProperty("state").GetString());
        Assert.Equal(url + "?…", info.Json.GetProperty("results")[0].GetProperty("url").GetString());
        Assert.Equal(desk.Control.Tree().Files.Single().Url, info.Json.GetProperty("results")[0].GetProperty("link").GetString());
        Assert.StartsWith(id, (await desk.RunAsync("remote", "ls")).Done().Out, StringComparison.Ordinal);
        Assert.Equal("session=abc", origin.Requests[0].Header("Cookie"));
        Assert.Equal(4, (await desk.RunAsync("remote", "info", "17")).Code);
    }

    [Fact]
    public async Task What_the_service_cannot_fetch_is_carried_and_what_nobody_can_fetch_is_listed()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        desk.Control.Behaviours = desk.Control.Behaviours with { RemoteFailName = "hidden" };
        var (hidden, missing) = (origin.Add("hidden.bin", "carried"), origin.Add("there", "x") + "-not");

        var outcome = await desk.RunAsync("remote", "add", hidden, missing + "?sig=SECRET", "--to", "1f:in", "--retries", "0", "--fallback", "stream");

        Assert.Equal(6, outcome.Code);
        Assert.Equal(["in/hidden.bin"], desk.Stored());
        Assert.Equal("carried", desk.Content("in/hidden.bin"));
        Assert.Equal("1f:in/hidden.bin\n", outcome.Out);
        Assert.Contains(missing, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_content_than_the_known_one_ends_with_its_own_code()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        Assert.Equal(21, (await desk.RunAsync("remote", "add", origin.Add("a", "content"), "--to", "1f:", "--checksum", new string('0', 128), "--retries", "0")).Code);
    }

    [Fact]
    public async Task What_the_service_would_not_accept_is_refused_before_anything_is_sent()
    {
        await using var desk = await Desk.WithSandboxAsync();
        foreach (var wrong in (string[][])
        [
            ["http://h/a"],
            ["http://h/a", "--to", "here"],
            ["http://h/a", "--to", "1f:", "--header", "Cookie"],
            ["http://h/a", "--to", "1f:", "--cookie", "a=1; b=2"],
            ["http://h/a", "--to", "1f:", "--header", "Bad_Name: x"],
            ["http://h/a", "http://h/b", "--to", "1f:", "--checksum", new string('0', 128)],
            ["file:///etc/passwd?SECRET", "--to", "1f:"],
            ["https://1fichier.com/?abcdefghij1234567890", "--to", "1f:"],
        ])
        {
            var outcome = await desk.RunAsync(["remote", "add", .. wrong]);
            Assert.Equal(2, outcome.Code);
            Assert.DoesNotContain("SECRET", outcome.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, desk.Control.Counters.Api);
    }

    [Fact]
    public async Task A_wait_that_is_interrupted_says_where_to_look()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        desk.Control.Behaviours = desk.Control.Behaviours with { RemoteDelay = TimeSpan.FromHours(1) };
        using var waiting = desk.Start("remote", "add", origin.Add("a", "content"), "--to", "1f:", "--wait", "--json");
        var ordered = await waiting.StandardOutput.ReadLineAsync();
        using (var kill = Process.Start("kill", ["-INT", $"{waiting.Id}"]))
            await kill.WaitForExitAsync();

        var ended = await Desk.EndAsync(waiting);

        Assert.Equal(130, ended.Code);
        var id = System.Text.Json.JsonDocument.Parse(ordered!).RootElement.GetProperty("request").GetInt64();
        Assert.Contains($"fichier remote info {id}", ended.Error, StringComparison.Ordinal);
    }
}

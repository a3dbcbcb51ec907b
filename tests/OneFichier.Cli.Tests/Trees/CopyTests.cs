using System.Diagnostics;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests.Trees;

public sealed class CopyTests
{
    private static readonly string[] Awkward = ["it's $5 <é> `\"\\.txt", " spaces ", "日本語 👍.bin", "tab\there.txt", "%41 #&+;=?*|~.txt", "...dots."];

    [Fact]
    public async Task The_contents_of_a_folder_go_into_a_folder_that_is_made()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("src/a.txt", "one");
        desk.File("src/sub/nothing", "");
        Directory.CreateDirectory(Path.Combine(desk.Home, "src/bare"));
        var outcome = (await desk.RunAsync("copy", "--json", "src/", "1f:deep/data/")).Done();
        Assert.Equal(["deep/data/a.txt", "deep/data/sub/nothing"], desk.Stored());
        Assert.Equal(["a.txt", "sub/nothing"], outcome.Paths("transferred"));
        Assert.Equal((2, 3, 0), (outcome.Sum("transferred"), outcome.Sum("bytes"), outcome.Sum("failed")));
        Assert.DoesNotContain(desk.Control.Tree().Folders, f => f.Path.EndsWith("bare", StringComparison.Ordinal));

        (await desk.RunAsync("copy", "--create-empty-src-dirs", "src", "1f:deep/data")).Done();
        Assert.Contains(desk.Control.Tree().Folders, f => f.Path == "deep/data/bare");
        (await desk.RunAsync("copy", "src/a.txt", "1f:alone")).Done();
        Assert.Contains("alone/a.txt", desk.Stored());
    }

    [Fact]
    public async Task What_comes_back_is_the_same_also_into_a_folder_that_is_not_there()
    {
        await using var desk = await Desk.WithSandboxAsync();
        foreach (var name in (string[])["a.txt", "b.txt", "c.txt"])
            desk.Control.AddFile($"data/{name}", "content of "u8);

        desk.File("src/nothing", "");
        (await desk.RunAsync("copy", "src", "1f:data/sub")).Done();
        (await desk.RunAsync("copy", "1f:data", "new/folder")).Done();
        Assert.Equal(["a.txt", "b.txt", "c.txt", "sub/nothing"], desk.OnDisk("new/folder"));
        Assert.Equal(0, new FileInfo(Path.Combine(desk.Home, "new/folder/sub/nothing")).Length);
        (await desk.RunAsync("copy", "1f:data/a.txt", "other/folder/")).Done();
        Assert.Equal(["a.txt"], desk.OnDisk("other/folder"));
        (await desk.RunAsync("copy", desk.Control.Tree().Files.First(f => f.Name == "b.txt").Url, "third")).Done();
        Assert.Equal("content of ", desk.Read("third/b.txt"));
        Assert.Equal(0, (await desk.RunAsync("copy", "--json", "1f:data", "new/folder")).Done().Sum("transferred"));
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_named_and_nothing_is_made()
    {
        await using var desk = await Desk.WithSandboxAsync();
        foreach (var source in (string[])["nowhere", "1f:nowhere", "1f:no/file.txt", "id:4711"])
        {
            var outcome = await desk.Elsewhere().RunAsync("sync", source, source.Contains(':') ? "here" : "1f:there");
            Assert.Equal(3, outcome.Code);
            Assert.Contains(source.Replace("1f:", "", StringComparison.Ordinal), outcome.Error, StringComparison.Ordinal);
        }

        Assert.Empty(desk.Control.Tree().Folders);
        Assert.False(Directory.Exists(Path.Combine(desk.Home, "here")));
    }

    [Fact]
    public async Task A_destination_that_cannot_be_one_is_refused_at_once()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("src/inner/a.txt");
        var link = desk.Control.AddFile("a.txt", "a"u8);
        (string Target, int Code)[] wrong = [(link, 2), ("-", 2), ("src/inner", 2), ("src/inner/a.txt", 2), ("id:4711", 3), ("other:x", 20)];
        foreach (var (target, code) in wrong)
        {
            var outcome = await desk.RunAsync("copy", "src", target);
            Assert.Equal((target, code), (target, outcome.Code));
            Assert.Contains(target.Split(':')[0], outcome.Error, StringComparison.Ordinal);
        }

        Assert.Equal(["a.txt"], desk.Stored());
        Assert.Equal(["inner/a.txt"], desk.OnDisk("src"));
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_cost_and_does_nothing()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("src/a.txt", "one");
        desk.File("src/sub/b.txt", "two");
        desk.Control.AddFile("data/gone.txt", "gone"u8);
        var outcome = (await desk.RunAsync("sync", "-n", "src", "1f:data")).Done();
        Assert.Equal(["mkdir    sub/", "transfer a.txt (3 B)", "transfer sub/b.txt (3 B)", "remove   gone.txt"], outcome.Lines[..^1]);
        Assert.Matches(@"^Would transfer 2 files \(6 B\), .* remove 1; 0 are unchanged\. Cost: \d requests, at least .*s of the request budget, 6 B\.$", outcome.Lines[^1]);

        var json = (await desk.RunAsync("sync", "--dry-run", "--json", "src", "1f:new")).Done();
        Assert.Equal(["./", "a.txt", "sub/", "sub/b.txt"], json.Paths("step"));
        Assert.True(json.Sum("requests") > 0 && json.Events()[^1].GetProperty("leastSeconds").GetDouble() > 0);
        Assert.Equal(["data/gone.txt"], desk.Stored());
        Assert.Equal("folder/ls", Assert.Single(desk.Control.Counters.Endpoints.Keys));
    }

    [Fact]
    public async Task Content_the_account_holds_is_copied_there_unless_told_otherwise()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("old/film.mkv", TreeDesk.Bytes(2 << 20));
        desk.BigFile("src/renamed.mkv", 2 << 20);
        (await desk.RunAsync("ls", "-R", "1f:")).Done();
        var outcome = (await desk.RunAsync("copy", "--json", "src", "1f:new")).Done();
        Assert.Equal((1, 0, 0), (outcome.Sum("copied"), outcome.Sum("bytes"), desk.Control.Counters.Node));
        outcome = (await desk.RunAsync("copy", "--json", "--no-dedupe", "src", "1f:again")).Done();
        Assert.Equal((0, 2 << 20), (outcome.Sum("copied"), outcome.Sum("bytes")));
        Assert.Equal(["again/renamed.mkv", "new/renamed.mkv", "old/film.mkv"], desk.Stored());
    }

    [Fact]
    public async Task Content_the_disk_holds_is_not_fetched()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("data/film.mkv", TreeDesk.Bytes(2 << 20));
        desk.BigFile("dst/old name.mkv", 2 << 20);
        var outcome = (await desk.RunAsync("copy", "--json", "1f:data", "dst")).Done();
        Assert.Equal((1, 0, 0), (outcome.Sum("copied"), outcome.Sum("transferred"), desk.Control.Counters.Download));
        Assert.Equal(["film.mkv", "old name.mkv"], desk.OnDisk("dst"));
    }

    [Fact]
    public async Task Within_an_account_and_between_accounts_no_byte_moves_through_this_machine()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions
        {
            Accounts = [SandboxAccount.Default, new() { Email = "work@sandbox.invalid", Keys = [new string('w', 32)] }],
        });
        desk.Control.AddFile("data/a.txt", "a"u8);
        desk.Control.AddFile("data/sub/b.txt", "b"u8);
        (await desk.RunAsync(["login", "--name", "work"], new string('w', 32))).Done();
        Assert.Equal(2, (await desk.RunAsync("copy", "--json", "1f:data", "1f:copy")).Done().Sum("copied"));
        Assert.Equal(2, (await desk.RunAsync("copy", "--json", "1f:data", "work:data")).Done().Sum("copied"));
        Assert.Equal(["copy/a.txt", "copy/sub/b.txt", "data/a.txt", "data/sub/b.txt"], desk.Stored());
        Assert.Equal(["data/a.txt", "data/sub/b.txt"], desk.Stored("work@sandbox.invalid"));
        Assert.Equal((0, 0), (desk.Control.Counters.Node, desk.Control.Counters.Download));
    }

    [Fact]
    public async Task Shares_links_and_numbers_are_sources()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var link = desk.Control.AddFile("data/a.txt", "a"u8);
        desk.Control.AddFile("data/b.txt", "b"u8);
        var id = desk.Control.Tree().Folders.Single().Id;
        var share = (await desk.RunAsync("api", "folder/share", "-f", $"folder_id={id}", "-f", "share=1")).Done().Json.GetProperty("url").GetString()!;
        (await desk.RunAsync("copy", share, "from-share")).Done();
        (await desk.RunAsync("copy", $"id:{id}", "from-number")).Done();
        (await desk.RunAsync("copy", link, "1f:from-link")).Done();
        Assert.Equal(["a.txt", "b.txt"], desk.OnDisk("from-share"));
        Assert.Equal(["a.txt", "b.txt"], desk.OnDisk("from-number"));
        Assert.Contains("from-link/a.txt", desk.Stored());
    }

    [Fact]
    public async Task Awkward_names_go_out_and_come_back()
    {
        await using var desk = await Desk.WithSandboxAsync();
        foreach (var name in Awkward)
            desk.File($"src/{name}/{name}", name);

        (await desk.RunAsync("copy", "src", "1f:names")).Done();
        (await desk.Elsewhere().RunAsync("copy", "1f:names", "back")).Done();
        Assert.Equal(desk.OnDisk("src"), desk.OnDisk("back"));
        Assert.All(Awkward, name => Assert.Equal(name, desk.Read($"back/{name}/{name}")));
        (await desk.RunAsync("check", "src", "1f:names")).Done();
    }

    [Fact]
    public async Task Limits_end_a_run_with_their_code_and_the_next_run_goes_on()
    {
        await using var desk = await Desk.WithSandboxAsync();
        for (var n = 0; n < 40; n++)
            desk.BigFile($"src/{n}.bin", 10_000, n);

        var first = await desk.RunAsync("copy", "--max-transfer", "200k", "src", "1f:data");
        Assert.Equal(8, first.Code);
        Assert.InRange(desk.Stored().Length, 1, 39);
        Assert.Equal(10, (await desk.RunAsync("copy", "--max-duration", "1s", "--bwlimit", "10k", "--transfers", "1", "src", "1f:data")).Code);
        Assert.Equal(0, (await desk.RunAsync("copy", "--error-on-no-transfer", "src", "1f:data")).Code);
        Assert.Equal(40, desk.Stored().Length);
        Assert.Equal(9, (await desk.RunAsync("copy", "--error-on-no-transfer", "src", "1f:data")).Code);
    }

    [Fact]
    public async Task Progress_is_told_without_a_terminal_when_asked_for_and_nothing_is_when_silence_is()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("src/a.txt", "one");
        var outcome = (await desk.RunAsync("copy", "-P", "--json", "src", "1f:a")).Done();
        Assert.Contains(outcome.Events("progress"), e => e.GetProperty("filesDone").GetInt32() == 1 && e.GetProperty("bytes").GetInt64() == 3);
        outcome = (await desk.RunAsync("copy", "-P", "src", "1f:b")).Done();
        Assert.Contains("3 B of 3 B, 1/1 files", outcome.Error, StringComparison.Ordinal);
        outcome = (await desk.RunAsync("copy", "-q", "src", "1f:c")).Done();
        Assert.Empty(outcome.Out + outcome.Error);
        Assert.Contains("transferred: a.txt", (await desk.RunAsync("copy", "-v", "src", "1f:d")).Done().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_copy_ends_with_130_and_the_next_run_finishes_it()
    {
        await using var desk = await Desk.WithSandboxAsync();
        for (var n = 0; n < 3; n++)
            desk.BigFile($"src/{n}.bin", 2 << 20, n);

        using var process = desk.Start("copy", "-P", "--bwlimit", "500k", "src", "1f:data");
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains(" of ", StringComparison.Ordinal))
        {
        }

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, (await Desk.EndAsync(process)).Code);
        (await desk.RunAsync("copy", "src", "1f:data")).Done();
        Assert.Equal(["data/0.bin", "data/1.bin", "data/2.bin"], desk.Stored());
        (await desk.RunAsync("check", "src", "1f:data")).Done();
    }
}

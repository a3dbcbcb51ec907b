namespace OneFichier.Cli.Tests.Trees;

public sealed class CheckTests
{
    [Fact]
    public async Task Trees_that_are_the_same_end_with_0_without_a_byte_fetched()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("data/a.txt", "one"u8);
        desk.Control.AddFile("data/sub/b.txt", "two"u8);
        desk.File("src/a.txt", "one");
        desk.File("src/sub/b.txt", "two");
        var outcome = (await desk.RunAsync("check", "--json", "src", "1f:data")).Done();
        Assert.Equal(["a.txt", "sub/b.txt"], outcome.Paths("same"));
        Assert.All(outcome.Events("same"), e => Assert.True(e.GetProperty("proven").GetBoolean()));
        Assert.Equal((2, 0), (outcome.Sum("same"), outcome.Sum("unproven")));
        Assert.Contains("2 files are the same, 0 are not", (await desk.RunAsync("check", "1f:data", "src")).Done().Error, StringComparison.Ordinal);
        Assert.Equal(0, desk.Control.Counters.Download);
    }

    [Fact]
    public async Task Every_difference_is_told_and_nothing_is_changed()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("data/same.txt", "same"u8);
        desk.Control.AddFile("data/other.txt", "two"u8);
        desk.Control.AddFile("data/there.txt", "there"u8);
        desk.File("src/same.txt", "same");
        desk.File("src/other.txt", "one");
        desk.File("src/here.txt", "here");
        var outcome = await desk.RunAsync("check", "--combined", "-", "src", "1f:data");
        Assert.Equal(6, outcome.Code);
        Assert.Equal(["* other.txt", "+ here.txt", "- there.txt", "= same.txt"], outcome.Lines.Order(StringComparer.Ordinal));
        Assert.Contains("other.txt: differs", outcome.Error, StringComparison.Ordinal);
        outcome = await desk.RunAsync("check", "--json", "--one-way", "--combined", "report", "src", "1f:data");
        Assert.Equal((6, 0, 1), (outcome.Code, outcome.Sum("missingOnSource"), outcome.Sum("missingOnDestination")));
        Assert.DoesNotContain("there.txt", desk.Read("report"), StringComparison.Ordinal);
        (await desk.RunAsync("check", "--size-only", "--exclude", "*here.txt", "src", "1f:data")).Done();
        (await desk.RunAsync("check", "src/same.txt", "1f:data")).Done();
        Assert.Equal(3, desk.Stored().Length);
    }

    [Fact]
    public async Task Files_are_read_each_time_unless_remembered_checksums_are_asked_for()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("data/a.bin", "content"u8);
        var file = desk.File("src/a.bin", "content");
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, time);
        (await desk.RunAsync("check", "--remembered", "src", "1f:data")).Done();
        using (var rot = File.OpenWrite(file))
            rot.Write("CONTENT"u8);
        File.SetLastWriteTimeUtc(file, time);
        (await desk.RunAsync("check", "--remembered", "src", "1f:data")).Done();
        Assert.Equal(6, (await desk.RunAsync("check", "src", "1f:data")).Code);
        File.SetLastWriteTimeUtc(file, time.AddSeconds(1));
        Assert.Equal(6, (await desk.RunAsync("check", "--remembered", "src", "1f:data")).Code);
    }

    [Fact]
    public async Task A_tree_that_is_not_there_ends_with_3()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("src/a.txt");
        foreach (var (one, two) in ((string, string)[])[("nowhere", "1f:"), ("1f:nowhere", "src")])
            Assert.Equal(3, (await desk.Elsewhere().RunAsync("check", one, two)).Code);

        Assert.NotEqual(0, (await desk.Elsewhere().RunAsync("check", "src", "1f:nowhere")).Code);
        Assert.NotEqual(0, (await desk.RunAsync("check", "src", "nowhere")).Code);
    }
}

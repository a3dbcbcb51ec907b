namespace OneFichier.Cli.Tests.Trees;

public sealed class ListingTests
{
    [Fact]
    public async Task A_tree_is_listed_with_a_request_a_folder_and_again_with_none()
    {
        await using var desk = await Desk.WithSandboxAsync();
        for (var n = 0; n < 40; n++)
            desk.Control.AddFile($"f{n % 8}/{n}.txt", "x"u8);

        var lines = (await desk.RunAsync("ls", "-R", "1f:")).Done().Lines;
        Assert.Equal(48, lines.Length);
        Assert.InRange(desk.Control.Counters.Api, 1, 8 + 1);
        desk.Control.ResetLog();
        Assert.Equal(lines, (await desk.RunAsync("ls", "-R", "1f:")).Done().Lines);
        Assert.Equal(48, (await desk.RunAsync("lsjson", "-R", "1f:")).Done().Json.GetArrayLength());
        Assert.Equal(40, (await desk.RunAsync("find", "1f:")).Done().Lines.Length);
        Assert.Contains("8 folders, 40 files", (await desk.RunAsync("tree", "1f:")).Done().Out, StringComparison.Ordinal);
        Assert.Contains("40 files", (await desk.RunAsync("du", "1f:")).Done().Out, StringComparison.Ordinal);
        Assert.Equal(40, (await desk.RunAsync("hashsum", "whirlpool", "1f:")).Done().Lines.Length);
        Assert.Equal(0, desk.Control.Counters.Api);
    }

    [Fact]
    public async Task What_this_machine_changed_is_listed_at_once_without_asking()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("src/a.txt", "one");
        desk.File("src/sub/b.txt", "two");
        (await desk.RunAsync("ls", "-R", "1f:")).Done();
        (await desk.RunAsync("sync", "src", "1f:data")).Done();
        desk.Control.ResetLog();
        Assert.Equal(["data/", "data/a.txt", "data/sub/", "data/sub/b.txt"], (await desk.RunAsync("ls", "-R", "1f:")).Done().Lines.Order(StringComparer.Ordinal));
        Assert.Equal(0, desk.Control.Counters.Api);
    }
}

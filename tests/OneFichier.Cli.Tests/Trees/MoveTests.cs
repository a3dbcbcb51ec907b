namespace OneFichier.Cli.Tests.Trees;

public sealed class MoveTests
{
    [Fact]
    public async Task What_is_proven_there_is_removed_here_and_what_is_left_out_stays()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("src/a.txt", "one");
        desk.File("src/there.txt", "already");
        desk.File("src/sub/b.txt", "two");
        desk.File("src/kept.log", "kept");
        desk.Control.AddFile("data/there.txt", "already"u8);
        var outcome = (await desk.RunAsync("move", "--json", "--exclude", "*.log", "src", "1f:data")).Done();
        Assert.Equal(["data/a.txt", "data/sub/b.txt", "data/there.txt"], desk.Stored());
        Assert.Equal(["kept.log"], desk.OnDisk("src"));
        Assert.Equal(["src/a.txt", "src/sub/b.txt", "src/there.txt"], outcome.Paths("sourceRemoved"));
        Assert.True(Directory.Exists(Path.Combine(desk.Home, "src/sub")));

        desk.File("src/sub/c.txt", "three");
        (await desk.RunAsync("move", "--delete-empty-src-dirs", "src", "1f:data")).Done();
        Assert.False(Directory.Exists(Path.Combine(desk.Home, "src/sub")));
        Assert.Empty(desk.OnDisk("src"));
    }

    [Fact]
    public async Task Files_of_an_account_are_fetched_and_then_removed_there()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("inbox/a.txt", "one"u8);
        desk.Control.AddFile("inbox/b.txt", "two"u8);
        desk.Control.AddFile("inbox/sub/c.txt", "three"u8);
        (await desk.RunAsync("move", "-n", "1f:inbox", "new/inbox")).Done();
        Assert.Equal(3, desk.Stored().Length);
        (await desk.RunAsync("move", "--delete-empty-src-dirs", "1f:inbox", "new/inbox")).Done();
        Assert.Equal(["a.txt", "b.txt", "sub/c.txt"], desk.OnDisk("new/inbox"));
        Assert.Empty(desk.Stored());
        Assert.DoesNotContain(desk.Control.Tree().Folders, f => f.Path == "inbox/sub");
    }

    [Fact]
    public async Task Within_an_account_no_byte_moves()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var link = desk.Control.AddFile("inbox/a.txt", "one"u8);
        desk.Control.AddFile("inbox/sub/c.txt", "three"u8);
        (await desk.RunAsync("move", "1f:inbox", "1f:done")).Done();
        Assert.Equal(["done/a.txt", "done/sub/c.txt"], desk.Stored());
        Assert.Equal((0, 0), (desk.Control.Counters.Node, desk.Control.Counters.Download));
        Assert.Contains(desk.Control.Tree().Files, f => f.Url == link);
    }

    [Fact]
    public async Task What_did_not_arrive_is_kept()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("src/clash", "a file where a folder is");
        desk.File("src/good.txt", "good");
        desk.Control.AddFile("data/clash/inner", "x"u8);
        Assert.Equal(6, (await desk.RunAsync("move", "src", "1f:data")).Code);
        Assert.Equal(["clash"], desk.OnDisk("src"));
        Assert.Equal(["data/clash/inner", "data/good.txt"], desk.Stored());

        var link = desk.Control.Tree().Files.Single(f => f.Name == "good.txt").Url;
        Assert.NotEqual(0, (await desk.RunAsync("move", link, "fetched")).Code);
        Assert.Equal(2, desk.Stored().Length);
    }
}

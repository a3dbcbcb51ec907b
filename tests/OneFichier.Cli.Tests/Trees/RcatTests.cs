namespace OneFichier.Cli.Tests.Trees;

public sealed class RcatTests
{
    [Fact]
    public async Task Standard_input_becomes_a_file_and_replaces_the_one_there()
    {
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync(["rcat", "1f:new/folder/a.txt"], "first")).Done();
        Assert.Equal("first", desk.Content("new/folder/a.txt"));
        var outcome = (await desk.RunAsync(["rcat", "--json", "1f:new/folder/a.txt"], "second")).Done();
        Assert.Equal(desk.Control.Tree().Files.Single().Url, Assert.Single(outcome.Events("sent")).GetProperty("link").GetString());
        Assert.Equal("second", desk.Content("new/folder/a.txt"));
        (await desk.RunAsync(["rcat", "1f:empty"], "")).Done();
        Assert.Empty((await desk.Elsewhere().RunAsync("cat", "1f:empty")).Done().Out);
        (await desk.RunAsync(["rcat", "here/b.txt"], "local")).Done();
        Assert.Equal("local", desk.Read("here/b.txt"));
        Assert.Equal(1, (await desk.RunAsync(["rcat", "here"], "x")).Code);
        Assert.Equal(1, (await desk.RunAsync(["rcat", "here/b.txt/c"], "x")).Code);
        Assert.Equal(2, (await desk.RunAsync(["rcat", "there/"], "x")).Code);
    }

    [Fact]
    public async Task A_folder_and_a_dry_run_leave_everything_as_it_was()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var spool = Path.Combine(desk.Home, "spool");
        desk.With("TMPDIR", Directory.CreateDirectory(spool).FullName).Control.AddFolder("docs");
        Assert.Equal(2, (await desk.RunAsync(["rcat", "1f:docs/"], "x")).Code);
        Assert.NotEqual(0, (await desk.RunAsync(["rcat", "1f:docs"], "x")).Code);
        Assert.Contains("would be sent", (await desk.RunAsync(["rcat", "-n", "1f:a.txt"], "x")).Done().Error, StringComparison.Ordinal);
        Assert.Empty(desk.Stored());
        Assert.Empty(Directory.EnumerateFileSystemEntries(spool, "fichier-*"));
    }
}

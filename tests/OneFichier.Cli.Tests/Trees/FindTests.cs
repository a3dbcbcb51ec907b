namespace OneFichier.Cli.Tests.Trees;

public sealed class FindTests
{
    [Fact]
    public async Task Files_are_found_by_name_size_and_age()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("media/film.mkv", new byte[2000]);
        desk.Control.AddFile("media/sub/short.mkv", new byte[20]);
        desk.Control.AddFile("media/sub/notes.txt", "notes"u8);
        Assert.Equal(["film.mkv", "sub/short.mkv"], (await desk.RunAsync("find", "1f:media", "--include", "*.mkv")).Done().Lines.Order(StringComparer.Ordinal));
        Assert.Equal("film.mkv\0", (await desk.RunAsync("find", "1f:media", "--min-size", "1k", "--print0")).Done().Out);
        var found = (await desk.RunAsync("find", "--json", "1f:media", "--max-size", "10B")).Done().Json[0];
        Assert.Equal(("sub/notes.txt", 5), (found.GetProperty("path").GetString(), found.GetProperty("size").GetInt32()));
        Assert.Empty((await desk.RunAsync("find", "1f:media", "--min-age", "1d")).Done().Out);
        Assert.Matches(@"^\s+5 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d sub/notes\.txt\n$", (await desk.RunAsync("find", "-l", "1f:media", "--exclude", "*.mkv", "--max-age", "1d")).Done().Out);
    }

    [Fact]
    public async Task Disks_are_searched_too_and_what_is_not_there_ends_with_3()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("here/a.txt");
        desk.File("here/sub/b.mkv");
        Assert.Equal("sub/b.mkv\n", (await desk.RunAsync("find", "here", "--include", "*.mkv")).Done().Out);
        foreach (var missing in (string[])["1f:nowhere", "nowhere"])
        {
            var outcome = await desk.RunAsync("find", missing);
            Assert.Equal(3, outcome.Code);
            Assert.Contains("'nowhere'", outcome.Error, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await desk.RunAsync("find", "here", "--include", "[a")).Code);
    }
}

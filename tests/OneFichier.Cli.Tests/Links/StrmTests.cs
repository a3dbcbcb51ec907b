using OneFichier.Cli.Tests.Trees;

namespace OneFichier.Cli.Tests.Links;

public sealed class StrmTests
{
    [Fact]
    public async Task A_library_of_strm_files_plays_through_the_gateway_costs_no_link_and_is_kept_in_step()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("films/a.mkv", "film a"u8);
        desk.Control.AddFile("films/old/b.mp4", "film b"u8);
        desk.Control.AddFile("films/a.nfo", "text"u8);
        using var gateway = await Serving.StartAsync(desk, "http", "1f:", "--no-auth", "--mode", "proxy");
        string[] export = ["url", "--format", "strm", "--strm-dir", "library", "--gateway", gateway.Url, "1f:films"];

        (await desk.RunAsync(export)).Done();

        Assert.Equal(["films/a.strm", "films/old/b.strm"], Strm(desk));
        Assert.Equal(0, desk.Asked("download/get_token"));
        using var player = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal("film b", await player.GetStringAsync(desk.Read("library/films/old/b.strm").Trim()));

        desk.File("library/films/a.nfo", "about a");
        desk.Control.RemoveFile(desk.Control.Tree().Files.Single(f => f.Name == "b.mp4").Url);
        desk.Control.AddFile("films/c.mkv", "film c"u8);
        var again = (await desk.Elsewhere().RunAsync([.. export, "--json"])).Done();

        Assert.Equal(["films/a.strm", "films/c.strm"], Strm(desk));
        Assert.Equal("about a", desk.Read("library/films/a.nfo"));
        Assert.Equal(["films/c.strm"], again.Paths("added"));
        Assert.Equal(["films/old/b.strm"], again.Paths("removed"));
        Assert.Equal(1, again.Sum("unchanged"));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_removes_nothing_and_flags_that_make_no_sense_together_are_refused()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("films/a.mkv", "film a"u8);
        string[] flags = ["url", "--format", "strm", "--strm-dir", "library", "--gateway", "http://nas:8080"];
        (await desk.RunAsync([.. flags, "1f:films"])).Done();

        Assert.Equal(4, (await desk.RunAsync([.. flags, "1f:film"])).Code);
        desk.Control.AddFile("series/e1.mkv", "one"u8);
        Assert.Equal(6, (await desk.Elsewhere().RunAsync([.. flags, "1f:film", "1f:series"])).Code);
        Assert.Equal(["films/a.strm", "series/e1.strm"], Strm(desk));
        (await desk.RunAsync([.. flags, "1f:films"])).Done();
        Assert.Equal(["films/a.strm"], Strm(desk));
        Assert.Equal(2, (await desk.RunAsync("url", "--format", "strm", "--strm-dir", "library", "1f:films")).Code);
        Assert.Equal(2, (await desk.RunAsync("url", "--strm-dir", "library", "1f:films")).Code);
        Assert.Equal(2, (await desk.RunAsync("url", "--format", "strm", "--gateway", "nas", "1f:films")).Code);
        Assert.Matches("^http://nas:8080/f/[0-9a-f]{30}/a\\.mkv\n$", (await desk.RunAsync("url", "--format", "strm", "--gateway", "http://nas:8080/", "1f:films")).Done().Out);
    }

    private static string[] Strm(Desk desk) => [.. desk.OnDisk("library").Where(f => f.EndsWith(".strm", StringComparison.Ordinal))];
}

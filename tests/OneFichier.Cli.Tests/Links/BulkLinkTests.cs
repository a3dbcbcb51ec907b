using System.Diagnostics;
using System.Text;
using OneFichier.Cli.Tests.Trees;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Links;

public sealed class BulkLinkTests
{
    [Fact]
    public async Task A_run_that_is_interrupted_keeps_what_it_got_and_the_next_asks_only_for_the_rest()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        desk.Control.Seed(new SandboxSeed { Files = 40 });
        Outcome first;
        using (var victim = desk.Start("url", "1f:", "-P"))
        {
            await Until.TrueAsync(() => desk.Asked("download/get_token") >= 8 || victim.HasExited);
            using (var kill = Process.Start("kill", ["-INT", $"{victim.Id}"]))
                await kill.WaitForExitAsync();
            first = await Desk.EndAsync(victim);
        }

        var second = (await desk.RunAsync("url", "1f:", "--json")).Done();

        Assert.Equal(130, first.Code);
        Assert.InRange(first.Lines.Length, 8, 39);
        Assert.Contains("the same command goes on from there", first.Error, StringComparison.Ordinal);
        Assert.Contains(" of 40 links", first.Error, StringComparison.Ordinal);
        Assert.Equal(first.Lines, second.Json.EnumerateArray().Take(first.Lines.Length).Select(u => u.GetProperty("url").GetString()!));
        Assert.Equal(40, second.Json.GetArrayLength());
        Assert.Equal(40, desk.Asked("download/get_token"));
        Assert.Equal(41, desk.Control.Counters.Api);
        Assert.Equal(0, desk.Control.Counters.Floods);
    }

    [Fact]
    public async Task Globs_are_expanded_here_at_one_listing_a_folder_and_a_name_that_looks_like_one_means_itself()
    {
        await using var desk = await Desk.WithSandboxAsync();
        foreach (var path in (string[])["films/a.mkv", "films/b.mkv", "films/b.nfo", "films/old/c.mkv", "films/[x].mkv", "series/s1/e1.mkv", "series/s2/e1.mkv"])
            desk.Control.AddFile(path, Encoding.UTF8.GetBytes(path));

        Assert.Equal(["films/[x].mkv", "films/a.mkv", "films/b.mkv"], await PathsAsync("1f:films/*.mkv"));
        Assert.Equal(2, desk.Control.Counters.Api);
        Assert.Equal(["films/a.mkv", "films/b.nfo"], await PathsAsync("1f:films/{a.mkv,b.nfo}"));
        Assert.Equal(["films/[x].mkv"], await PathsAsync("1f:films/[x].mkv"));
        Assert.Equal(["series/s1/e1.mkv", "series/s2/e1.mkv"], await PathsAsync("1f:series/s?"));
        Assert.Equal(6, (await PathsAsync("1f:**.mkv")).Length);
        Assert.Equal(4, (await desk.RunAsync("link", "1f:films/*.avi")).Code);
        Assert.Equal(2, (await desk.RunAsync("link", "1f:films/{a")).Code);

        async Task<string[]> PathsAsync(string glob) =>
            [.. (await desk.RunAsync("link", "--json", glob)).Done().Json.EnumerateArray().Select(l => l.GetProperty("path").GetString()!)];
    }

    [Fact]
    public async Task Hundreds_of_paths_come_from_a_file_or_standard_input_and_what_is_not_there_is_listed()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var link = desk.Control.AddFile("a.txt", "a"u8);
        desk.Control.AddFile("b.txt", "b"u8);
        var list = desk.File("list.txt", $"# paths\n\n1f:b.txt\n1f:nothing.txt\n{link}\n");

        var fromFile = await desk.RunAsync("url", "--from-file", list, "1f:a.txt");
        var fromInput = await desk.RunAsync(["link", "-"], $"1f:a.txt\n# no\n1f:b.txt\n");

        Assert.Equal(6, fromFile.Code);
        Assert.Equal(3, fromFile.Lines.Length);
        Assert.Contains("1f:nothing.txt", fromFile.Error, StringComparison.Ordinal);
        Assert.Equal(2, desk.Asked("download/get_token"));
        Assert.Equal(2, fromInput.Done().Lines.Length);
        Assert.Equal(2, (await desk.RunAsync("url")).Code);
        Assert.Equal(4, (await desk.RunAsync("url", "--from-file", "no-such-list")).Code);
    }

    [Fact]
    public async Task Every_format_survives_names_that_mean_something_to_it()
    {
        await using var desk = await Desk.WithSandboxAsync();
        const string Name = "it's [a] \"b\", <c> & d.txt";
        desk.Control.AddFile("dir/" + Name, "content"u8);
        var stored = desk.Control.Tree().Files.Single();
        var url = (await desk.RunAsync("url", "1f:dir")).Done().Out.Trim();

        Assert.Contains($"\"dir/{Name.Replace("\"", "\"\"")}\",{stored.Url},{url},", await AsAsync("csv"), StringComparison.Ordinal);
        Assert.Equal($"{url}\n  out=dir/{Name}\n", await AsAsync("aria2"));
        Assert.Equal($"#EXTM3U\n#EXTINF:-1,dir/{Name}\n{url}\n", await AsAsync("m3u"));
        Assert.EndsWith($"->NEW ENTRY<-\ntext={stored.Url}\nfilename={Name}\npackageName=dir\nautoStart=TRUE\nautoConfirm=TRUE\n\n", await AsAsync("crawljob"), StringComparison.Ordinal);
        Assert.Equal($"- [dir/it's \\[a\\] \"b\", \\<c\\> \\& d.txt](<{url}>)\n", await AsAsync("markdown"));
        Assert.Contains("dir/it&#39;s [a] &quot;b&quot;, &lt;c&gt; &amp; d.txt</a>", await AsAsync("html"), StringComparison.Ordinal);
        Assert.Equal($"path,link,size,whirlpool\r\n\"dir/{Name.Replace("\"", "\"\"")}\",{stored.Url},7,{stored.Checksum.ToLowerInvariant()}\r\n", (await desk.RunAsync("link", "1f:dir", "--format", "csv")).Done().Out);
        Assert.Equal(1, desk.Asked("download/get_token"));

        async Task<string> AsAsync(string format) => (await desk.RunAsync("url", "1f:dir", "--format", format)).Done().Out;
    }

    [Fact]
    public async Task Lists_for_wget_and_scripts_for_the_shell_bring_the_files()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a/it's.txt", "one"u8);
        desk.Control.AddFile("a/b/-x", "two"u8);

        (await desk.ShellAsync("mkdir down && cd down && fichier url --format wget 1f:a | wget -q --content-disposition -i -")).Done();
        (await desk.ShellAsync("mkdir sh && cd sh && fichier url --format sh 1f:a | sed 's/wget /wget -q /' | sh -e")).Done();

        Assert.Equal(["-x", "it's.txt"], desk.OnDisk("down"));
        Assert.Equal(["a/b/-x", "a/it's.txt"], desk.OnDisk("sh"));
        Assert.Equal("two", desk.Read("sh/a/b/-x"));
        Assert.Equal(2, desk.Asked("download/get_token"));
    }

    [Fact]
    public async Task Aria2_fetches_what_it_is_given_under_its_names()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/aria2c"), "aria2 is not installed");
        await using var desk = await Desk.WithSandboxAsync();
        var link = desk.Control.AddFile("known.txt", "by its link"u8);
        desk.Control.AddFile("photos/a b.jpg", "one"u8);
        desk.Control.AddFile("photos/new/#1=x.jpg", "two"u8);

        (await desk.ShellAsync($"mkdir down && cd down && fichier url --format aria2 1f:photos '{link}' | aria2c -q -j 3 -i -")).Done();

        Assert.Equal(["known.txt", "photos/a b.jpg", "photos/new/#1=x.jpg"], desk.OnDisk("down"));
        Assert.Equal("two", desk.Read("down/photos/new/#1=x.jpg"));
    }

    [Fact]
    public async Task JDownloader_gets_page_links_that_last_in_packages_by_folder()
    {
        await using var desk = await Desk.WithSandboxAsync();
        foreach (var path in (string[])["films/a.mkv", "films/old/b\\c.mkv", "films/a.nfo"])
            desk.Control.AddFile(path, Encoding.UTF8.GetBytes(path));

        (await desk.ShellAsync("mkdir -p jd2/folderwatch && fichier link --format crawljob '1f:films/**.mkv' > jd2/folderwatch/films.crawljob")).Done();

        var jobs = desk.Read("jd2/folderwatch/films.crawljob").Split("->NEW ENTRY<-\n")[1..].Select(j => j.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal)).ToList();
        Assert.Equal(desk.Control.Tree().Files.Where(f => f.Name.EndsWith(".mkv", StringComparison.Ordinal)).Select(f => f.Url).Order(StringComparer.Ordinal), jobs.Select(j => j["text"]).Order(StringComparer.Ordinal));
        Assert.Equal(["a.mkv", "b\\\\c.mkv"], jobs.Select(j => j["filename"]));
        Assert.Equal("old", jobs[1]["packageName"]);
        Assert.All(jobs, j => Assert.Equal(("TRUE", "TRUE"), (j["autoStart"], j["autoConfirm"])));
        Assert.Equal(0, desk.Asked("download/get_token"));
    }

    [Fact]
    public async Task CDN_credits_are_spent_where_that_is_asked_for()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("videos/clip.mp4", "clip"u8);

        var free = (await desk.RunAsync("url", "--cdn", "1f:videos/clip.mp4")).Done().Out.Trim();
        var bound = (await desk.RunAsync("url", "--cdn", "--cdn-restrict", "requests", "1f:videos/clip.mp4")).Done().Out.Trim();

        using var anybody = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal("clipclip", await anybody.GetStringAsync(free) + await anybody.GetStringAsync(free));
        Assert.Equal("clip", await anybody.GetStringAsync(bound));
        Assert.NotEqual("clip", await anybody.GetStringAsync(bound));
        Assert.Equal(2, (await desk.RunAsync("url", "--cdn-restrict", "everything", "1f:videos/clip.mp4")).Code);
    }

    [Fact]
    public async Task Links_are_kept_for_their_owner_alone_and_asked_for_anew_when_that_is_wanted()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a.txt", "a"u8);
        await desk.RunAsync("url", "1f:a.txt");
        await desk.RunAsync("url", "1f:a.txt", "--min-life", "5m");
        await desk.RunAsync("url", "1f:a.txt", "--cdn");
        Assert.Equal(3, desk.Asked("download/get_token"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(desk.Home, "state/fichier/1f/links.db")));
    }
}

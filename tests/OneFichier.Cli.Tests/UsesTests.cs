using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneFichier.Cli.Tests.Trees;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

/// <summary>Each row of the guide's table of uses, run as it stands there; only folders, ports and addresses of others are put in.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class UsesTests
{
    [Fact]
    public void Every_row_is_run_here()
    {
        var run = typeof(UsesTests).GetMethods().SelectMany(m => m.GetCustomAttributes(typeof(RowAttribute), inherit: false)).Cast<RowAttribute>().Select(r => r.Use);
        Assert.Equal(Table().Keys.Order(StringComparer.Ordinal), run.Order(StringComparer.Ordinal));
    }

    [Fact, Row("remote upload")]
    public async Task A_file_is_fetched_by_the_service()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        (await desk.ShellAsync(Command("remote upload").Replace("https://example.com/a.iso", origin.Add("a.iso", "an image"), StringComparison.Ordinal))).Done();
        Assert.Equal("an image", desk.Content("inbox/a.iso"));
    }

    [Fact, Row("file organisation")]
    public async Task A_file_is_moved_within_the_account()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("inbox/film.mkv", "a film"u8);
        desk.Control.AddFile("films/other.mkv", "another"u8);
        (await desk.ShellAsync(Command("file organisation"))).Done();
        Assert.Equal(["films/film.mkv", "films/other.mkv"], desk.Stored());
    }

    [Fact, Row("scheduled work")]
    public async Task A_job_is_added_and_does_its_work()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("data/a.txt");
        (await desk.ShellAsync(OnDisk("scheduled work"))).Done();
        (await desk.RunAsync("job", "run", "nightly", "--wait")).Done();
        Assert.Equal(["data/a.txt"], desk.Stored());
    }

    [Fact, Row("scheduled backup")]
    public async Task A_backup_is_made_by_its_job()
    {
        Assert.SkipUnless(ResticClient.IsHere, "There is no restic here; on Debian it is in the package restic.");
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("data/a.txt");
        (await desk.RunAsync("backup", "init", "laptop", "1f:backups/laptop", "--source", Path.Combine(desk.Home, "data"))).Done();
        (await desk.ShellAsync(Command("scheduled backup"))).Done();
        var job = (await desk.RunAsync("job", "ls", "--json")).Done().Json[0].GetProperty("name").GetString()!;
        (await desk.RunAsync("job", "run", job, "--wait")).Done();
        Assert.Contains(desk.Stored(), f => f.StartsWith("backups/laptop/snapshots/", StringComparison.Ordinal));
    }

    [Fact, Row("server sync")]
    public async Task A_folder_is_made_the_same_on_the_account()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("data/new.txt");
        desk.Control.AddFile("data/old.txt", "old"u8);
        (await desk.ShellAsync(OnDisk("server sync"))).Done();
        Assert.Equal(["data/new.txt"], desk.Stored());
    }

    [Fact, Row("a mount")]
    public async Task The_account_is_a_folder_of_this_machine()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        desk.Control.AddFile("a.txt", "on the account"u8);
        (await desk.ShellAsync(Command("a mount").Replace("~/1fichier", "~/mnt", StringComparison.Ordinal))).Done();
        Assert.Equal("on the account", (await desk.ShellAsync("timeout 60 sh -c 'cat mnt/a.txt && cp mnt/a.txt mnt/b.txt'")).Done().Out);
        await ends.UnmountAsync();
        Assert.Equal(["a.txt", "b.txt"], desk.Stored());
    }

    [Fact, Row("mass migration")]
    public async Task A_remote_of_rclone_moves_in()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/rclone"), "There is no rclone here.");
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("drive/photos/2026/a.jpg", "a picture");
        desk.With("RCLONE_CONFIG", desk.File("rclone.conf", $"[gdrive]\ntype = alias\nremote = {desk.Home}/drive\n"));
        (await desk.ShellAsync(Command("mass migration"))).Done();
        Assert.Equal("a picture", desk.Content("photos/2026/a.jpg"));
    }

    [Fact, Row("many nodes, one budget")]
    public async Task A_node_of_a_cluster_runs_what_another_machine_asked_for()
    {
        Assert.SkipWhen(PostgresServer.Obstacle() is not null, PostgresServer.Obstacle() ?? "");
        var cluster = await PostgresServer.NewDatabaseAsync();
        await using var desk = await Desk.WithSandboxAsync();
        var words = Words("many nodes, one budget");
        Assert.Equal(["worker", "--cluster"], words[..^1]);
        using var worker = desk.Start([.. words[..^1], cluster, "--json"]);
        Assert.NotNull(await worker.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        desk.With("FICHIER_CLUSTER", cluster);
        (await desk.RunAsync("job", "add", "--name", "send", "--cron", "@daily", "--", "put", desk.File("a.txt"), "1f:")).Done();
        (await desk.RunAsync("job", "run", "send", "--wait")).Done();
        Assert.Equal(["a.txt"], desk.Stored());
        (await desk.ShellAsync($"kill -TERM {worker.Id}")).Done();
        Assert.Equal(0, (await Desk.EndAsync(worker)).Code);
    }

    [Fact, Row("bulk links")]
    public async Task Links_of_a_folder_are_fetched_by_aria2()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("films/a.mkv", "film a"u8);
        desk.Control.AddFile("films/old/b.mkv", "film b"u8);
        var list = (await desk.ShellAsync(Command("bulk links"))).Done().Out;
        desk.File("list.txt", list);
        var fetched = await desk.ShellAsync("aria2c --no-conf --quiet --allow-overwrite=true -d down -i list.txt");
        if (fetched.Code != 127)
            Assert.Equal(("film a", "film b"), (desk.Read("down/films/a.mkv"), desk.Read("down/films/old/b.mkv")));
        using var anybody = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal(["film a", "film b"], await Task.WhenAll(list.Split('\n').Where(l => l.StartsWith("http", StringComparison.Ordinal)).Select(l => anybody.GetStringAsync(l))));
    }

    [Fact, Row("media archive (`.strm`)")]
    public async Task A_library_of_strm_files_is_played()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("films/a.mkv", "film a"u8);
        using var gateway = await Serving.StartAsync(desk, "http", "1f:", "--no-auth", "--mode", "proxy");
        (await desk.ShellAsync(Command("media archive (`.strm`)").Replace("http://nas:8080", gateway.Url, StringComparison.Ordinal))).Done();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(desk.Home, "films"), "*.strm", SearchOption.AllDirectories));
        using var player = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal("film a", await player.GetStringAsync((await File.ReadAllTextAsync(file)).Trim()));
    }

    [Fact, Row("CDN")]
    public async Task A_link_through_the_CDN_is_for_everybody()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("videos/clip.mp4", "a clip"u8);
        using var anybody = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal("a clip", await anybody.GetStringAsync((await desk.ShellAsync(Command("CDN"))).Done().Out.Trim()));
    }

    [Fact, Row("JDownloader")]
    public async Task JDownloader_gets_settings_under_the_names_it_gives_them()
    {
        await using var desk = Desk.Alone();
        (await desk.ShellAsync(Command("JDownloader"))).Done();
        var settings = JsonDocument.Parse(desk.Read("GeneralSettings.json")).RootElement;
        Assert.Equal(["maxchunksperfile", "maxdownloadsperhostenabled", "maxsimultanedownloads", "maxsimultanedownloadsperhost"], settings.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.InRange(settings.GetProperty("maxsimultanedownloads").GetInt32() * settings.GetProperty("maxchunksperfile").GetInt32(), 1, 30);
    }

    [Fact, Row("a key that is looked after")]
    public async Task A_key_that_lies_open_is_found()
    {
        await using var desk = Desk.Alone();
        desk.File("work/up.sh", $"export FICHIER_API_KEY={KeyScanTests.RandomKey(5)}\n");
        var outcome = await desk.ShellAsync("cd work && " + Command("a key that is looked after"));
        Assert.Equal(1, outcome.Code);
        Assert.Contains("up.sh:1:24", outcome.Out, StringComparison.Ordinal);
    }

    private static string Command(string use) => Table()[use];

    /// <summary>With the folder /data in the user's home.</summary>
    private static string OnDisk(string use) => Command(use).Replace("/data ", "~/data ", StringComparison.Ordinal);

    private static string[] Words(string use) => [.. Word().Matches(Command(use)).Skip(1).Select(w => w.Value.Trim('"'))];

    /// <summary>The row's server, on a port that is free.</summary>
    private static Task<Serving> ServeAsync(Desk desk, string use)
    {
        var words = Words(use).ToList();
        Assert.Equal("serve", words[0]);
        if (words.IndexOf("--addr") is >= 0 and var at)
            words.RemoveRange(at, 2);
        return Serving.StartAsync(desk, [.. words[1..]]);
    }

    private static IReadOnlyDictionary<string, string> Table()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "fichier.slnx")))
            folder = folder.Parent;
        Assert.SkipWhen(folder is null, "The tests do not run inside the checkout.");
        return File.ReadLines(Path.Combine(folder.FullName, "docs/guide/uses.md")).Select(l => TableRow().Match(l)).Where(m => m.Success).ToDictionary(m => m.Groups["use"].Value, m => m.Groups["command"].Value, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<use>[^|]+) \| `(?<command>fichier [^|]+)` \| [^|]+ \|$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"""[^""]*""|\S+", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex Word();

    /// <summary>Which row a test runs.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class RowAttribute(string use) : Attribute
    {
        public string Use => use;
    }
}

using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

public sealed class SmallFilesTests
{
    private const int Folders = 10;
    private const int FilesInEach = 20;

    [Fact]
    public async Task Two_hundred_small_files_in_ten_folders_go_up_in_at_most_25_requests_without_a_lock_and_come_down_identical()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        var tree = MakeTree(desk);

        (await desk.RunAsync("put", tree, "1f:")).Done();

        Assert.InRange(desk.Control.Counters.Api, 1, 25);
        Assert.Equal(0, desk.Control.Counters.Floods);

        (await desk.RunAsync("get", "1f:tree", Path.Combine(desk.Home, "down"))).Done();

        Assert.Equal(0, desk.Control.Counters.Floods);
        Assert.Equal(Contents(tree), Contents(Path.Combine(desk.Home, "down", "tree")));
    }

    [Fact]
    public async Task What_is_there_already_is_not_sent_again()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        var tree = MakeTree(desk);
        (await desk.RunAsync("put", tree, "1f:")).Done();
        desk.Control.ResetLog();

        var again = (await desk.RunAsync("put", tree, "1f:", "--json")).Done();

        Assert.Contains("\"unchanged\":200", again.Out, StringComparison.Ordinal);
        Assert.Equal(0, desk.Control.Counters.Api);
    }

    private static string MakeTree(Desk desk)
    {
        var random = new Random(200);
        var content = new byte[10_000];
        var tree = Path.Combine(desk.Home, "tree");
        for (var folder = 0; folder < Folders; folder++)
        {
            var path = Directory.CreateDirectory(Path.Combine(tree, $"it's folder {folder}")).FullName;
            for (var file = 0; file < FilesInEach; file++)
            {
                random.NextBytes(content);
                File.WriteAllBytes(Path.Combine(path, $"f\u00fcr ${file} \"x\".bin"), content);
            }
        }

        return tree;
    }

    private static List<(string Name, string Content)> Contents(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => (Path.GetRelativePath(folder, f), Convert.ToBase64String(File.ReadAllBytes(f)))),
    ];
}

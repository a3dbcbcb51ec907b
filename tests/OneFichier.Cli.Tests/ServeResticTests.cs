using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

/// <summary>The real restic over the real program, signed in with a token, on the service played here; and what is left when either of them is killed.</summary>
public sealed class ServeResticTests : IAsyncDisposable
{
    private const int Seed = 11;

    private readonly TempFolder _folder = new();
    private Desk _desk = null!;
    private Serving? _serving;
    private string _user = "";
    private string _secret = "";

    [Theory]
    [InlineData("4s")]
    [InlineData("0s")]
    public async Task A_backup_is_made_checked_thinned_and_restored_from_the_service(string wait)
    {
        await StartAsync("write", "--write-back", wait);
        var tree = ResticClient.NewTree(_folder["tree"], Seed, megabytes: 6);
        var restic = Client();
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", tree);
        Array.ForEach(Directory.GetFiles(Path.Combine(tree, "sub", "deeper"))[..3], File.Delete);
        await restic.DoneAsync("backup", tree);
        await restic.DoneAsync("forget", "--keep-last", "1", "--prune", "--max-unused", "0");
        await restic.DoneAsync("check", "--read-data");
        Assert.Equal(0, (await _serving!.TerminateAsync()).Code);

        Assert.DoesNotContain(_desk.Control.Tree().Files, f => f.Path.Contains("/locks/", StringComparison.Ordinal));
        await ServeAsync("--write-back", wait);
        restic = Client("fresh");
        await restic.DoneAsync("check", "--read-data");
        await restic.DoneAsync("restore", "latest", "--target", _folder["back"]);
        Assert.Equal(Contents(tree), Contents(_folder["back"] + tree));
    }

    [Fact]
    public async Task Looking_at_a_repository_again_costs_the_service_nothing_nor_do_locks()
    {
        await StartAsync("write");
        var tree = ResticClient.NewTree(_folder["tree"], Seed, megabytes: 1);
        var restic = Client();
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", tree);
        Assert.Equal(0, (await _serving!.TerminateAsync()).Code);
        await ServeAsync();
        restic = Client("fresh");
        await restic.DoneAsync("check");

        var before = _desk.Control.Counters;
        await restic.DoneAsync("snapshots");
        await restic.DoneAsync("check");
        await restic.DoneAsync("ls", "latest");
        Assert.Equal((0, 0, 0), (_desk.Control.Counters.Api - before.Api, _desk.Control.Counters.Node - before.Node, _desk.Control.Counters.Download - before.Download));
    }

    [Theory]
    [InlineData("4s", 12)]
    [InlineData("0s", 5)]
    public async Task A_gateway_killed_half_way_loses_nothing_it_had_taken(string wait, int megabytes)
    {
        await StartAsync("write", "--write-back", wait);
        var tree = ResticClient.NewTree(_folder["tree"], Seed, 2 * megabytes);
        var restic = Client();
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", Path.Combine(tree, "sub"), "--exclude", "deeper");
        using (var cut = await restic.BackupUntilAsync(megabytes << 20, 4096, tree))
        {
            await _serving!.KillAsync();
            cut.Kill();
            await cut.WaitForExitAsync();
        }

        await ServeAsync("--write-back", wait);
        restic = Client("fresh");
        await restic.DoneAsync("unlock", "--remove-all");
        await restic.DoneAsync("check", "--read-data");
        await restic.DoneAsync("backup", tree);
        await restic.DoneAsync("check", "--read-data");
        await restic.DoneAsync("restore", "latest", "--target", _folder["back"]);
        Assert.Equal(Contents(tree), Contents(_folder["back"] + tree));
    }

    [Theory]
    [InlineData("append")]
    [InlineData("write", "--append-only")]
    public async Task What_may_only_append_cannot_be_made_to_remove_a_backup(string scope, params string[] flags)
    {
        await StartAsync(scope, flags);
        var tree = ResticClient.NewTree(_folder["tree"], Seed, megabytes: 1);
        var restic = Client();
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", tree);
        await restic.DoneAsync("backup", tree);
        await restic.RunAsync("forget", "--keep-last", "1", "--prune", "--max-unused", "0");
        Assert.Equal(2, (await restic.DoneAsync("list", "snapshots", "--quiet")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await restic.DoneAsync("check", "--read-data");
        Assert.Empty((await restic.DoneAsync("list", "locks", "--no-lock", "--quiet")).Output);
    }

    [Fact]
    public async Task A_private_repository_lies_below_the_name_of_its_token()
    {
        await StartAsync("write", "--private-repos");
        Assert.NotEqual(0, (await Client(at: "other/").RunAsync("init")).Exit);
        await Client(at: "laptop/").DoneAsync("init");
    }

    public async ValueTask DisposeAsync()
    {
        _serving?.Dispose();
        if (_desk is not null)
            await _desk.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(string scope, params string[] flags)
    {
        Assert.SkipUnless(ResticClient.IsHere, "There is no restic here; on Debian it is in the package restic.");
        _desk = await Desk.WithSandboxAsync();
        (await _desk.RunAsync("mkdir", "1f:backup")).Done();
        var token = (await _desk.RunAsync("token", "issue", "--name", "laptop", "--scope", scope, "--path", "1f:backup", "--face", "restic", "--json")).Done().Json;
        (_user, _secret) = (token.GetProperty("user").GetString()!, token.GetProperty("secret").GetString()!);
        await ServeAsync(flags);
    }

    private async Task ServeAsync(params string[] flags)
    {
        _serving?.Dispose();
        _serving = await Serving.StartAsync(_desk, ["restic", "1f:", .. flags]);
    }

    /// <summary>restic with a cache of its own: another one reads everything anew.</summary>
    private ResticClient Client(string home = "home", string at = "")
    {
        Directory.CreateDirectory(_folder[home]);
        return new ResticClient($"rest:http://{_user}:{_secret}@{new Uri(_serving!.Url).Authority}/{at}", _folder[home]);
    }

    private static Dictionary<string, string> Contents(string root) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(root, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));
}

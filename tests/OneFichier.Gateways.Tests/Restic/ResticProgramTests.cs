using System.Security.Cryptography;
using OneFichier.Drive;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Restic;

/// <summary>The real restic does its whole work over the face; and what lies there is a repository to other programs too.</summary>
public sealed class ResticProgramTests : IAsyncDisposable
{
    private const int Seed = 7;

    private readonly TempFolder _folder = new();
    private ResticStage? _stage;

    [Fact]
    public async Task A_repository_is_made_filled_checked_thinned_and_restored()
    {
        var restic = await StartAsync("nested/repo/");
        var tree = ResticClient.NewTree(_folder["tree"], Seed, megabytes: 12);
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", tree);
        await restic.DoneAsync("check", "--read-data");
        foreach (var file in Directory.GetFiles(Path.Combine(tree, "sub", "deeper")).Take(6))
            File.Delete(file);
        await restic.DoneAsync("backup", tree);
        await restic.DoneAsync("forget", "--keep-last", "1", "--prune", "--max-unused", "0");
        await restic.DoneAsync("check", "--read-data");
        await restic.DoneAsync("restore", "latest", "--target", _folder["back"]);
        Assert.Equal(Contents(tree), Contents(_folder["back"] + tree));

        Assert.Single((await restic.DoneAsync("list", "snapshots", "--quiet")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("[]", await _stage!.ListAsync("nested/repo/locks/"));
        Assert.NotEqual(0, (await restic.RunAsync("init")).Exit);
    }

    [Fact]
    public async Task A_client_killed_half_way_harms_nothing()
    {
        var restic = await StartAsync("repo/");
        var tree = ResticClient.NewTree(_folder["tree"], Seed, megabytes: 24);
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", Path.Combine(tree, "sub", "0.txt"));
        using (var killed = await restic.BackupUntilAsync(12 << 20, 4096, tree))
        {
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        Assert.NotEqual("[]", await _stage!.ListAsync("repo/locks/"));
        await restic.DoneAsync("unlock", "--remove-all");
        await restic.DoneAsync("check", "--read-data");
        await restic.DoneAsync("backup", tree);
        await restic.DoneAsync("check", "--read-data");
        Assert.Equal("[]", await _stage.ListAsync("repo/locks/"));
    }

    [Fact]
    public async Task What_it_stored_is_a_repository_to_restic_on_the_disk_and_to_rclone()
    {
        Directory.CreateDirectory(_folder["disk"]);
        var restic = await StartAsync("", volume: new LocalVolume(_folder["disk"]));
        var tree = ResticClient.NewTree(_folder["tree"], Seed, megabytes: 6);
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", tree);

        var onDisk = new ResticClient(_folder["disk"], _folder["other"]);
        Directory.CreateDirectory(_folder["other"]);
        await onDisk.DoneAsync("check", "--read-data");
        await onDisk.DoneAsync("backup", tree);
        await restic.DoneAsync("check", "--read-data");

        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "rclone"))), "There is no rclone here.");
        var byRclone = new ResticClient("rclone:" + _folder["disk"], _folder["other"]);
        await byRclone.DoneAsync("check", "--read-data");
        await byRclone.DoneAsync("backup", Path.Combine(tree, "sub", "0.txt"));
        await restic.DoneAsync("check", "--read-data");
        Assert.Equal(3, (await restic.DoneAsync("list", "snapshots", "--quiet")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stage is not null)
            await _stage.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ResticClient> StartAsync(string at, IVolume? volume = null)
    {
        Assert.SkipUnless(ResticClient.IsHere, "There is no restic here; on Debian it is in the package restic.");
        _stage = await ResticStage.StartAsync(volume: volume);
        return new ResticClient(_stage.RepositoryAt(at), _folder.Path);
    }

    private static Dictionary<string, string> Contents(string root) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(root, f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));
}

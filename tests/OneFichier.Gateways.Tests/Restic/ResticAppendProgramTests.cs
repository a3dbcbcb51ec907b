using OneFichier.Gateways.Restic;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Restic;

/// <summary>The real restic where nothing can be removed; it tries for long, so these run beside its other tests.</summary>
public sealed class ResticAppendProgramTests
{
    [Fact]
    public async Task Where_nothing_can_be_removed_forget_and_prune_fail_and_backups_go_on()
    {
        Assert.SkipUnless(ResticClient.IsHere, "There is no restic here; on Debian it is in the package restic.");
        using var folder = new TempFolder();
        await using var stage = await ResticStage.StartAsync(new ResticOptions { AppendOnly = true });
        var restic = new ResticClient(stage.RepositoryAt("repo/"), folder.Path);
        var tree = ResticClient.NewTree(folder["tree"], seed: 7, megabytes: 2);
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", tree);
        await restic.DoneAsync("backup", tree);
        var snapshots = await stage.ListAsync("repo/snapshots/");
        var data = await stage.ListAsync("repo/data/");

        Assert.NotEqual(0, (await restic.RunAsync("forget", "--keep-last", "1", "--prune", "--max-unused", "0")).Exit);
        Assert.Equal((snapshots, data), (await stage.ListAsync("repo/snapshots/"), await stage.ListAsync("repo/data/")));
        await restic.DoneAsync("check", "--read-data");
        await restic.DoneAsync("backup", tree);
    }
}

using OneFichier.Server.Jobs;
using OneFichier.Server.Store;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

public sealed class ClusterJobTests
{
    [Fact]
    public async Task A_job_whose_node_is_killed_is_finished_by_another_once_and_the_record_says_so()
    {
        Assert.SkipWhen(PostgresServer.Obstacle() is not null, PostgresServer.Obstacle() ?? "");
        var address = await PostgresServer.NewDatabaseAsync();
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_CLUSTER", address);
        desk.File("tree/big.bin", new string('x', 3_000_000));
        desk.File("tree/small.txt");
        (await desk.RunAsync("job", "add", "--name", "send", "--cron", "0 2 * * *", "--", "sync", Path.Combine(desk.Home, "tree"), "1f:tree", "--bwlimit", "400k")).Done();
        await using var one = await Worker.StartAsync(desk);
        await using var two = await Worker.StartAsync(desk);
        await using var database = new ClusterJobDatabase(ClusterAddress.Parse(address));
        var store = new JobStore(database, TimeProvider.System);

        (await desk.RunAsync("job", "run", "send")).Done();
        var begun = await UntilAsync(store, r => r.State == RunState.Running && desk.Control.Counters.Node > 0);
        var (victim, heir) = begun.Node == one.Node ? (one, two) : (two, one);
        victim.Kill();
        var ended = await UntilAsync(store, r => r.State is RunState.Done or RunState.Failed or RunState.Lost);

        Assert.True(ended.State == RunState.Done, ended.Log);
        Assert.Equal((heir.Node, 2, 0), (ended.Node, ended.Attempt, ended.ExitCode));
        Assert.Single(await store.RunsAsync("send", 10, TestContext.Current.CancellationToken));
        Assert.Equal(["big.bin", "small.txt"], desk.Control.Tree().Files.Select(f => f.Name).Order());
        Assert.Equal(0, await heir.StopAsync());
    }

    [Fact]
    public async Task A_worker_that_is_stopped_gives_its_run_back_and_the_next_one_finishes_it()
    {
        Assert.SkipWhen(PostgresServer.Obstacle() is not null, PostgresServer.Obstacle() ?? "");
        var address = await PostgresServer.NewDatabaseAsync();
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_CLUSTER", address);
        desk.File("tree/big.bin", new string('x', 3_000_000));
        (await desk.RunAsync("job", "add", "--name", "send", "--every", "1d", "--", "sync", Path.Combine(desk.Home, "tree"), "1f:tree", "--bwlimit", "400k")).Done();
        await using var one = await Worker.StartAsync(desk);
        await using var database = new ClusterJobDatabase(ClusterAddress.Parse(address));
        var store = new JobStore(database, TimeProvider.System);
        (await desk.RunAsync("job", "run", "send")).Done();
        await UntilAsync(store, r => r.State == RunState.Running && desk.Control.Counters.Node > 0);

        Assert.Equal(0, await one.StopAsync());
        Assert.Equal(RunState.Asked, (await UntilAsync(store, _ => true)).State);
        await using var two = await Worker.StartAsync(desk);
        var ended = await UntilAsync(store, r => r.State is RunState.Done or RunState.Failed or RunState.Lost);

        Assert.True(ended.State == RunState.Done, ended.Log);
        Assert.Equal((two.Node, 2), (ended.Node, ended.Attempt));
    }

    private static async Task<RunRecord> UntilAsync(JobStore store, Func<RunRecord, bool> condition)
    {
        RunRecord? found = null;
        await Until.TrueAsync(async () => (found = (await store.RunsAsync("send", 1, TestContext.Current.CancellationToken)) is [var run] && condition(run) ? run : null) is not null);
        return found!;
    }
}

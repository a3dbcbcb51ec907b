using System.Runtime.Versioning;
using System.Text.Json;

namespace OneFichier.Cli.Tests;

/// <summary>Who runs the jobs of a machine, and for how long.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class JobServingTests
{
    [Fact]
    public async Task A_gateway_for_every_face_runs_the_jobs_too()
    {
        await using var desk = await Desk.WithSandboxAsync();
        using var serving = await Serving.StartAsync(desk, "all", "1f:");
        (await desk.RunAsync("job", "add", "--name", "send", "--cron", "@daily", "--", "put", desk.File("a.txt"), "1f:")).Done();

        (await desk.RunAsync("job", "run", "send", "--wait")).Done();

        Assert.Equal("a.txt", Assert.Single(desk.Control.Tree().Files).Name);
        Assert.Contains("Another process runs the jobs", (await desk.RunAsync("worker")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await serving.TerminateAsync()).Code);
    }

    [Fact]
    public async Task With_no_jobs_it_leaves_them_to_a_worker_beside_it()
    {
        await using var desk = await Desk.WithSandboxAsync();
        using var serving = await Serving.StartAsync(desk, "all", "1f:", "--no-jobs");
        var added = (await desk.RunAsync("job", "add", "--name", "send", "--cron", "@daily", "--", "put", desk.File("a.txt"), "1f:")).Done();
        Assert.Contains("Nothing runs the jobs", added.Error, StringComparison.Ordinal);

        await using var worker = await Worker.StartAsync(desk);
        (await desk.RunAsync("job", "run", "send", "--wait")).Done();

        var run = (await desk.RunAsync("job", "log", "send", "--json")).Done().Json[0];
        Assert.Equal(("done", worker.Node), (run.GetProperty("state").GetString(), run.GetProperty("node").GetString()));
        Assert.Equal(0, await worker.StopAsync());
        Assert.Equal(0, (await serving.TerminateAsync()).Code);
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_it_may_is_ended_and_has_failed()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("tree/big.bin", new string('x', 3_000_000));
        (await desk.RunAsync("job", "add", "--name", "send", "--cron", "@daily", "--run-limit", "3s", "--", "sync", Path.Combine(desk.Home, "tree"), "1f:tree", "--bwlimit", "20k")).Done();

        var outcome = await desk.RunAsync("job", "run", "send", "--wait");

        var run = (await desk.RunAsync("job", "log", "send", "--json")).Done().Json[0];
        Assert.Equal(("failed", outcome.Code), (run.GetProperty("state").GetString(), run.GetProperty("exitCode").GetInt32()));
        Assert.NotEqual(0, outcome.Code);
        Assert.Contains("longer than its --run-limit", outcome.Out, StringComparison.Ordinal);
        Assert.Empty(desk.Control.Tree().Files);
        Assert.Equal(JsonValueKind.String, (await desk.RunAsync("job", "ls", "--json")).Done().Json[0].GetProperty("next").ValueKind);
    }
}

using System.Text.Json;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

public sealed class JobTests
{
    [Fact]
    public async Task A_job_runs_when_asked_even_where_nobody_runs_jobs_and_leaves_a_record_of_what_it_cost()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var file = desk.File("a.txt", "some bytes");
        var added = (await desk.RunAsync("job", "add", "--name", "nightly", "--cron", "30 2 * * *", "--time-zone", "Europe/Paris", "--json", "--", "put", file, "1f:")).Done();
        Assert.Equal("02:30", added.Json.GetProperty("next").GetString()![11..16]);
        Assert.Contains("fichier worker", added.Error, StringComparison.Ordinal);

        (await desk.RunAsync("job", "run", "nightly")).Done();

        Assert.Equal("a.txt", Assert.Single(desk.Control.Tree().Files).Name);
        var run = (await desk.RunAsync("job", "log", "nightly", "--json")).Done().Json[0];
        Assert.Equal(("done", 0, 1), (run.GetProperty("state").GetString(), run.GetProperty("exitCode").GetInt32(), run.GetProperty("attempt").GetInt32()));
        Assert.Equal(desk.Control.Counters.Api, run.GetProperty("requests").GetInt64());
        Assert.InRange(run.GetProperty("sent").GetInt64(), 10, 10_000);
        var listed = (await desk.RunAsync("job", "ls", "--json")).Done().Json[0];
        Assert.Equal("done", listed.GetProperty("last").GetProperty("state").GetString());
        Assert.Contains("nightly", (await desk.RunAsync("job", "ls")).Done().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_gives_its_exit_code_and_tells_who_wants_to_know()
    {
        if (OperatingSystem.IsWindows())
            return;

        await using var desk = await Desk.WithSandboxAsync();
        await using var hooks = new HookServer();
        var told = Path.Combine(desk.Home, "told");
        var program = desk.File("tell.sh", $"#!/bin/sh\n{{ echo \"$FICHIER_JOB $FICHIER_JOB_EXIT_CODE\"; cat; }} >'{told}'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await desk.RunAsync("job", "add", "--every", "6h", "--ping", hooks.Url + "check", "--webhook", hooks.Url + "hook", "--on-failure", program, "--", "ls", "1f:missing")).Done();

        var outcome = await desk.RunAsync("job", "run", "ls", "--wait");

        Assert.Equal(3, outcome.Code);
        Assert.Equal(["/check/start", "/check/fail", "/hook"], hooks.Seen.Select(h => h.Path));
        Assert.Contains("missing", hooks.Seen[1].Body, StringComparison.Ordinal);
        using var notice = JsonDocument.Parse(hooks.Seen[2].Body);
        Assert.Equal(("ls", "failed", 3), (notice.RootElement.GetProperty("job").GetString(), notice.RootElement.GetProperty("state").GetString(), notice.RootElement.GetProperty("exitCode").GetInt32()));
        Assert.StartsWith("ls 3\n", await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("missing", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_runs_what_is_asked_for_and_ends_cleanly()
    {
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync("job", "add", "--name", "copy-it", "--cron", "@daily", "--", "put", desk.File("a.txt"), "1f:")).Done();
        await using var worker = await Worker.StartAsync(desk);

        (await desk.RunAsync("job", "run", "copy-it", "--wait")).Done();
        var second = await desk.RunAsync("worker");

        Assert.Equal(1, second.Code);
        Assert.Contains("Another process runs the jobs", second.Error, StringComparison.Ordinal);
        var run = (await desk.RunAsync("job", "log", "copy-it", "--json")).Done().Json[0];
        Assert.Equal(worker.Node, run.GetProperty("node").GetString());
        Assert.Single(desk.Control.Tree().Files);
        Assert.Equal(0, await worker.StopAsync());
    }

    [Fact]
    public async Task A_worker_that_was_killed_does_its_run_again_when_it_comes_back()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("tree/big.bin", new string('x', 3_000_000));
        (await desk.RunAsync("job", "add", "--name", "send", "--cron", "@daily", "--", "sync", Path.Combine(desk.Home, "tree"), "1f:tree", "--bwlimit", "400k")).Done();
        await using (var worker = await Worker.StartAsync(desk))
        {
            (await desk.RunAsync("job", "run", "send")).Done();
            await Until.TrueAsync(() => desk.Control.Counters.Node > 0);
            worker.Kill();
        }

        await using var next = await Worker.StartAsync(desk);
        var state = "running";
        while (state is "running" or "asked")
            state = (await desk.RunAsync("job", "ls", "--json")).Done().Json[0].GetProperty("last").GetProperty("state").GetString();

        var run = Assert.Single((await desk.RunAsync("job", "log", "send", "--json")).Done().Json.EnumerateArray());
        Assert.Equal(("done", 2, next.Node), (run.GetProperty("state").GetString(), run.GetProperty("attempt").GetInt32(), run.GetProperty("node").GetString()));
    }

    [Fact]
    public async Task A_job_that_rests_is_not_due_and_one_that_is_removed_is_gone()
    {
        if (OperatingSystem.IsWindows())
            return;

        await using var desk = Desk.Alone();
        (await desk.RunAsync("job", "add", "--cron", "@daily", "--", "version")).Done();
        (await desk.RunAsync("job", "add", "--cron", "@daily", "--", "version")).Done();
        (await desk.RunAsync("job", "pause", "version")).Done();
        var jobs = (await desk.RunAsync("job", "ls", "--json")).Done().Json;
        Assert.Equal(["version", "version-2"], jobs.EnumerateArray().Select(j => j.GetProperty("name").GetString()));
        Assert.Equal((true, JsonValueKind.Null), (jobs[0].GetProperty("paused").GetBoolean(), jobs[0].GetProperty("next").ValueKind));
        (await desk.RunAsync("job", "resume", "version")).Done();
        (await desk.RunAsync("job", "rm", "version-2")).Done();
        var left = Assert.Single((await desk.RunAsync("job", "ls", "--json")).Done().Json.EnumerateArray());
        Assert.Equal(JsonValueKind.String, left.GetProperty("next").ValueKind);
        Assert.Equal(1, (await desk.RunAsync("job", "rm", "version-2")).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(desk.Home, "state", "fichier", "jobs.db")));
    }

    [Theory]
    [InlineData("cannot be a job", "--cron", "@daily", "--", "serve", "webdav")]
    [InlineData("cannot be a job", "--cron", "@daily", "--", "mount", "1f:", "/mnt")]
    [InlineData("cannot be a job", "--cron", "@daily", "--", "login")]
    [InlineData("cannot be a job", "--cron", "@daily", "--", "job", "ls")]
    [InlineData("Unknown flag", "--cron", "@daily", "--", "sync", "/a", "1f:", "--chekcsum")]
    [InlineData("Unknown command", "--cron", "@daily", "--", "snyc", "/a", "1f:")]
    [InlineData("never comes", "--cron", "0 0 30 2 *", "--", "version")]
    [InlineData("without seconds", "--cron", "0 0 2 * * ?", "--", "version")]
    [InlineData("--cron \"0 2 * * *\"", "--", "version")]
    [InlineData("Europe/Paris", "--cron", "@daily", "--time-zone", "Mars/Olympus", "--", "version")]
    [InlineData("at least a minute", "--every", "10s", "--", "version")]
    [InlineData("is no name", "--cron", "@daily", "--name", "../x", "--", "version")]
    public async Task What_could_not_run_is_refused_when_it_is_added(string said, params string[] arguments)
    {
        await using var desk = Desk.Alone();
        var outcome = await desk.RunAsync(["job", "add", .. arguments]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.Empty((await desk.RunAsync("job", "ls", "--json")).Done().Json.EnumerateArray());
    }
}

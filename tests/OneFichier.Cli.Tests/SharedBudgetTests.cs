using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

public sealed class SharedBudgetTests
{
    [Fact]
    public async Task Processes_working_at_once_on_one_key_stay_inside_the_limits_together()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        var trees = Enumerable.Range(0, 3).Select(n => Tree(desk, n)).ToList();

        var running = trees.Select(tree => desk.RunAsync("put", tree, "1f:")).ToList();
        var ended = await Task.WhenAll(running);

        Assert.All(ended, outcome => outcome.Done());
        Assert.Equal(0, desk.Control.Counters.Floods);
        Assert.Equal(12, desk.Control.Tree().Files.Count);
    }

    [Fact]
    public async Task A_killed_process_leaves_no_wait_and_no_lock_behind()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        using var victim = desk.Start("put", Tree(desk, 0), "1f:");
        await Until.TrueAsync(() => desk.Control.Counters.Api >= 2);
        victim.Kill();
        await victim.WaitForExitAsync();
        var quota = (await desk.RunAsync("quota", "--json")).Done();
        var next = (await desk.RunAsync("mkdir", "1f:after")).Done();

        Assert.All(quota.Json.EnumerateArray(), rule => Assert.Equal(System.Text.Json.JsonValueKind.Null, rule.GetProperty("lockedUntil").ValueKind));
        Assert.DoesNotContain("Waiting", next.Error, StringComparison.Ordinal);
        Assert.Equal(0, desk.Control.Counters.Floods);
    }

    private static string Tree(Desk desk, int number)
    {
        foreach (var folder in (string[])["a", "b"])
        {
            foreach (var file in (string[])["1", "2"])
                desk.File($"tree{number}/{folder}/{file}.txt", $"{number}{folder}{file}");
        }

        return Path.Combine(desk.Home, $"tree{number}");
    }
}

using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

/// <summary>Whatever goes wrong, a run ends done and proven or with the right exit code, and what is stored is whole and there once.</summary>
public sealed class MisfortuneTests
{
    private static readonly int[] Honest = [0, 1, 5, 6, 21];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Under_a_seeded_plan_of_faults_nothing_is_twice_or_half(int seed)
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Faults = FaultPlan.Parse($"seed={seed},html=0.05,refuse=0.1,wait=0.2,twice=0.1,get_upload_server:error=0.1,download:half=0.2,download:corrupt=0.1") });
        var names = Enumerable.Range(0, 12).Select(n => $"f{n}.txt").ToList();
        foreach (var name in names)
            desk.File($"tree/{name}", $"{seed} {name}");

        var up = await desk.RunAsync("put", Path.Combine(desk.Home, "tree"), "1f:");
        Assert.Contains(up.Code, Honest);
        desk.Control.ResetFaults();
        desk.Control.Faults = FaultPlan.None;
        (await desk.RunAsync("put", Path.Combine(desk.Home, "tree"), "1f:")).Done();

        var stored = desk.Control.Tree().Files;
        Assert.Equal(names.Order(StringComparer.Ordinal), stored.Select(f => f.Name).Order(StringComparer.Ordinal));
        (await desk.RunAsync("get", "1f:tree", Path.Combine(desk.Home, "down"))).Done();
        Assert.All(names, name => Assert.Equal($"{seed} {name}", File.ReadAllText(Path.Combine(desk.Home, "down", "tree", name))));
    }
}

using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task A_healthy_desk_is_told_so_and_the_bundle_has_no_secret()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var outcome = (await desk.RunAsync("doctor", "--bundle", "report.txt")).Done();
        Assert.Contains("works", outcome.Out);
        Assert.Contains("Premium", outcome.Out);
        var report = await File.ReadAllTextAsync(Path.Combine(desk.Home, "report.txt"));
        Assert.Contains("FICHIER_API_KEY is set", report);
        Assert.DoesNotContain(SandboxOptions.DefaultKey, report);
        Assert.True(desk.Control.Counters.Api <= 2);
    }

    [Fact]
    public async Task What_is_wrong_decides_the_exit_code()
    {
        await using var desk = await Desk.WithSandboxAsync();
        Assert.Equal(20, (await desk.With("FICHIER_API_KEY", null).RunAsync("doctor")).Code);
        desk.With("FICHIER_API_KEY", SandboxOptions.DefaultKey).With("FICHIER_API_BASE", "http://127.0.0.1:9/v1");
        var outcome = await desk.RunAsync("doctor", "--json");
        Assert.Equal(5, outcome.Code);
        Assert.Contains(outcome.Json.EnumerateArray(), f => f.GetProperty("check").GetString() == "network" && f.GetProperty("state").GetString() == "failed");
    }

    [Fact]
    public async Task Sizes_add_up_by_folder()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a/one", "123"u8);
        desk.Control.AddFile("a/deep/two", "4567"u8);
        desk.Control.AddFile("three", "89"u8);
        var sums = (await desk.RunAsync("du", "--json")).Done().Json.EnumerateArray().ToDictionary(s => s.GetProperty("path").GetString()!, s => (s.GetProperty("files").GetInt64(), s.GetProperty("size").GetInt64()));
        Assert.Equal((3, 9), sums["1f:"]);
        Assert.Equal((2, 7), sums["a"]);
    }
}

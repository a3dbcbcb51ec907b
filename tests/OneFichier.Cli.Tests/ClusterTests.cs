using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

public sealed class ClusterTests
{
    [Fact]
    public async Task Machines_of_a_cluster_stay_inside_the_limits_together()
    {
        Assert.SkipWhen(PostgresServer.Obstacle() is not null, PostgresServer.Obstacle() ?? "");
        var cluster = await PostgresServer.NewDatabaseAsync();
        await using var one = (await Desk.WithSandboxAsync(new SandboxOptions { Limits = SandboxLimits.Documented })).With("FICHIER_CLUSTER", cluster);
        await using var two = Desk.Alone().With("FICHIER_CLUSTER", cluster).With("FICHIER_API_BASE", one.Sandbox!.ApiBase.ToString()).With("FICHIER_API_KEY", SandboxOptions.DefaultKey);

        var ended = await Task.WhenAll(new[] { one, two }.SelectMany(d => Enumerable.Range(0, 2).Select(n => d.RunAsync("put", Tree(d, n), "1f:"))));

        Assert.All(ended, outcome => outcome.Done());
        Assert.Equal(0, one.Control.Counters.Floods);
        Assert.Equal("1", await PostgresServer.RunAsync(cluster, "SELECT count(*) FROM fichier_budget"));
    }

    [Fact]
    public async Task The_password_of_the_cluster_is_never_said()
    {
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_CLUSTER", "postgresql://node:s3cret-of-the-cluster@127.0.0.1:1/fichier?connect_timeout=1").With("FICHIER_MAX_WAIT", "0s");
        var outcome = await desk.RunAsync("ls", "1f:", "-vv", "--log-file", Path.Combine(desk.Home, "log"));
        Assert.Equal(5, outcome.Code);
        Assert.Contains("fichier at 127.0.0.1:1", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", outcome.Out + outcome.Error + await File.ReadAllTextAsync(Path.Combine(desk.Home, "log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, desk.Control.Counters.Api);
    }

    [Theory]
    [InlineData("no address at all")]
    [InlineData("Host=db;Nonsense=1")]
    [InlineData("postgresql://db/x?nonsense=1")]
    [InlineData("Username=me")]
    public async Task An_address_that_is_none_is_refused_with_an_example(string address)
    {
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_CLUSTER", address);
        var outcome = await desk.RunAsync("ls", "1f:");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("As in postgresql://", outcome.Error, StringComparison.Ordinal);
    }

    private static string Tree(Desk desk, int number)
    {
        var name = $"tree-{Path.GetFileName(desk.Home)}-{number}";
        desk.File($"{name}/a/1.txt", $"{name} 1");
        desk.File($"{name}/a/2.txt", $"{name} 2");
        return Path.Combine(desk.Home, name);
    }
}

using OneFichier.Server.Jobs;
using OneFichier.Server.Store;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Jobs;

public sealed class ClusterMissedRunsTests
{
    private static readonly DateTimeOffset s_begin = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_missed_while_no_node_ran_is_caught_up_once_by_the_first_that_comes_back()
    {
        Assert.SkipWhen(PostgresServer.Obstacle() is not null, PostgresServer.Obstacle() ?? "");
        var address = ClusterAddress.Parse(await PostgresServer.NewDatabaseAsync());
        var time = new LeapingTime(s_begin);
        await using var one = new PlayedNode(() => new ClusterJobDatabase(address), time, "one");
        await using var two = new PlayedNode(() => new ClusterJobDatabase(address), time, "two");
        await one.StartAsync();
        await one.Store.AddAsync(new JobDefinition { Name = "nightly", Command = ["version"], Cron = "0 2 * * *", TimeZone = "UTC", Created = s_begin }, CancellationToken.None);
        await one.PassAsync(s_begin.AddHours(2));
        await one.StopAsync();

        time.LeapTo(s_begin.AddDays(5));
        await two.StartAsync();
        await two.PassAsync(time.GetUtcNow().AddSeconds(1));
        await two.StopAsync();
        await one.StartAsync();
        await one.PassAsync(time.GetUtcNow().AddSeconds(1));
        await one.PassAsync(s_begin.AddDays(5).AddHours(2));

        DateTimeOffset[] due = [s_begin.AddHours(2), s_begin.AddDays(1).AddHours(2), s_begin.AddDays(5).AddHours(2)];
        Assert.Equal(due[1], Assert.Single(two.Runs).Due);
        Assert.Equal(due, one.Runs.Concat(two.Runs).Select(r => r.Due).Order());
        var records = await one.Store.RunsAsync("nightly", 100, CancellationToken.None);
        Assert.Equal(due, records.Select(r => r.Due!.Value).Order());
        Assert.All(records, r => Assert.Equal((RunState.Done, 1), (r.State, r.Attempt)));
    }
}

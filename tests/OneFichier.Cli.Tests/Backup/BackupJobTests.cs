namespace OneFichier.Cli.Tests.Backup;

public sealed class BackupJobTests
{
    [Fact]
    public async Task A_scheduled_backup_makes_a_snapshot_each_time_it_is_due_and_its_record_says_what_it_cost()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        (await desk.Desk.RunAsync("job", "add", "--cron", "0 3 * * *", "--", "backup", "run", "laptop")).Done();

        (await desk.Desk.RunAsync("job", "run", "backup")).Done();

        Assert.Equal(1, await desk.SnapshotsAsync());
        var run = Assert.Single((await desk.Desk.RunAsync("job", "log", "backup", "--json")).Done().Json.EnumerateArray());
        Assert.Equal(("done", 0), (run.GetProperty("state").GetString(), run.GetProperty("exitCode").GetInt32()));
        Assert.True(run.GetProperty("requests").GetInt64() > 0);
        Assert.True(run.GetProperty("sent").GetInt64() > 3 << 20);
        Assert.Equal(0, (await desk.SummaryAsync("check", "laptop")).GetProperty("mismatches").GetInt32());
    }
}

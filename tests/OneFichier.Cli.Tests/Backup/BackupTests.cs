using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Backup;

/// <summary>Backups by the real restic over the real program, on the service played here.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task A_tree_is_backed_up_checked_thinned_out_and_restored_as_it_was()
    {
        var (desk, _) = await BackupDesk.WithSetAsync("--exclude", "*.txt", "--keep-last", "1");
        await using var _1 = desk;
        var first = await desk.SummaryAsync("run", "laptop");
        Assert.Equal((3, 3, 0), (first.GetProperty("files").GetInt32(), first.GetProperty("filesAdded").GetInt32(), first.GetProperty("failed").GetInt32()));
        Assert.True(first.GetProperty("sent").GetInt64() > 3 << 20);
        File.WriteAllText(Path.Combine(desk.Tree, "more"), "more");
        var second = await desk.SummaryAsync("run");
        Assert.Equal((1, 3), (second.GetProperty("filesAdded").GetInt32(), second.GetProperty("filesUnmodified").GetInt32()));
        Assert.Equal(2, await desk.SnapshotsAsync());

        var gone = await desk.SummaryAsync("forget", "laptop", "--prune", "--yes");
        Assert.Equal(1, gone.GetProperty("forgotten").GetInt32());
        Assert.Equal(1, await desk.SnapshotsAsync());
        var check = await desk.SummaryAsync("check", "laptop", "--read-data");
        Assert.Equal((4, 4, 0), (check.GetProperty("restored").GetInt32(), check.GetProperty("compared").GetInt32(), check.GetProperty("mismatches").GetInt32()));

        var back = Path.Combine(desk.Desk.Home, "back");
        await desk.SummaryAsync("restore", "laptop", "--to", back);
        var expected = BackupDesk.Contents(desk.Tree).Where(f => !f.Key.EndsWith(".txt", StringComparison.Ordinal)).ToDictionary();
        Assert.Equal(expected, BackupDesk.Contents(back + desk.Tree));
        Assert.Empty(desk.Stored("locks"));
        var listed = (await desk.BackupAsync("ls")).Done().Json[0];
        Assert.Equal((second.GetProperty("snapshot").GetString(), 0), (listed.GetProperty("lastGood").GetProperty("snapshot").GetString(), listed.GetProperty("lastRun").GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public async Task Whoever_has_key_and_password_restores_on_a_new_machine_and_restic_itself_reads_it()
    {
        var (desk, password) = await BackupDesk.WithSetAsync();
        await using var _ = desk;
        await desk.SummaryAsync("run", "laptop");
        foreach (var name in (string[])["config", "state", "cache"])
            desk.Desk.With($"XDG_{name.ToUpperInvariant()}_HOME", Path.Combine(desk.Desk.Home, name + "-new"));

        var file = desk.Desk.File("password", password + "\n");
        (await desk.Desk.RunAsync("backup", "init", "old", "1f:backups/laptop", "--existing", "--password-file", file)).Done();
        var back = Path.Combine(desk.Desk.Home, "back");
        var part = Path.Combine(desk.Tree, "sub", "7.txt");
        (await desk.BackupAsync("restore", "old", "--to", back, "--include", part)).Done();
        Assert.Equal(["7.txt"], BackupDesk.Contents(back).Keys.Select(Path.GetFileName));
        Assert.Equal(await File.ReadAllTextAsync(part), await File.ReadAllTextAsync(back + part));
        Assert.Equal(2, (await desk.BackupAsync("run", "old")).Code);

        using var serving = await Serving.StartAsync(desk.Desk, "restic", "1f:backups/laptop", "--no-auth");
        using var restic = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("restic", ["check", "--read-data", "--no-lock"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["RESTIC_REPOSITORY"] = $"rest:{serving.Url}/", ["RESTIC_PASSWORD"] = (await desk.Desk.RunAsync("backup", "password", "old")).Done().Out.Trim(), ["RESTIC_CACHE_DIR"] = Path.Combine(desk.Desk.Home, "own") },
        })!;
        Assert.Equal(0, (await Desk.EndAsync(restic)).Code);
    }

    [Fact]
    public async Task A_repository_of_restic_is_taken_over_with_its_password_and_no_other()
    {
        await using var desk = await BackupDesk.NewAsync();
        var place = Path.Combine(desk.Desk.Home, "repository");
        Directory.CreateDirectory(Path.Combine(desk.Desk.Home, "own"));
        var restic = new ResticClient(place, Path.Combine(desk.Desk.Home, "own"));
        await restic.DoneAsync("init");
        await restic.DoneAsync("backup", desk.Tree);

        var wrong = await desk.Desk.RunAsync(["backup", "init", "mine", place, "--existing"], "another");
        Assert.Equal(20, wrong.Code);
        Assert.Contains("does not open", wrong.Error);
        (await desk.Desk.RunAsync(["backup", "init", "mine", place, "--existing", "--source", desk.Tree], "of the repository\n")).Done();
        Assert.Equal(33, (await desk.SummaryAsync("run", "mine")).GetProperty("filesUnmodified").GetInt32());
        await restic.DoneAsync("check", "--read-data");
    }

    [Fact]
    public async Task The_backup_of_a_small_tree_costs_few_requests_and_one_with_nothing_new_fewer()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        var before = desk.Desk.Control.Counters.Api;
        var first = await desk.SummaryAsync("run", "laptop");
        Assert.Equal(desk.Desk.Control.Counters.Api - before, first.GetProperty("requests").GetInt64());
        Assert.InRange(first.GetProperty("requests").GetInt64(), 1, 24);
        var again = await desk.SummaryAsync("run", "laptop");
        Assert.InRange(again.GetProperty("requests").GetInt64(), 1, 8);
        before = desk.Desk.Control.Counters.Api;
        Assert.Equal(2, await desk.SnapshotsAsync());
        Assert.InRange(desk.Desk.Control.Counters.Api - before, 0, 2);
    }

    [Fact]
    public async Task A_dry_run_stores_nothing()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        var would = await desk.SummaryAsync("run", "laptop", "--dry-run");
        Assert.Equal((33, true), (would.GetProperty("filesAdded").GetInt32(), would.GetProperty("dryRun").GetBoolean()));
        Assert.Equal(0, await desk.SnapshotsAsync());
        Assert.Empty(desk.Stored("data"));
    }
}

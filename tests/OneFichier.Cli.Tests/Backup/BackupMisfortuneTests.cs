using System.Diagnostics;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Backup;

/// <summary>Whatever goes wrong, the exit code says what, and the backup stays whole.</summary>
public sealed class BackupMisfortuneTests
{
    [Fact]
    public async Task A_run_killed_half_way_harms_nothing_and_the_next_one_finishes_it()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        using (var victim = desk.Desk.Start("backup", "run", "laptop"))
        {
            await Until.TrueAsync(() => desk.Stored("data").Any() || victim.HasExited);
            Assert.False(victim.HasExited);
            victim.Kill();
            await victim.WaitForExitAsync();
        }

        Assert.Equal(33, (await desk.SummaryAsync("run", "laptop")).GetProperty("files").GetInt32());
        Assert.Equal(0, (await desk.SummaryAsync("check", "laptop", "--read-data")).GetProperty("mismatches").GetInt32());
        Assert.Empty(desk.Stored("locks"));
    }

    [Fact]
    public async Task A_run_that_is_interrupted_leaves_no_lock()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        using var run = desk.Desk.Start("backup", "run", "laptop");
        await Until.TrueAsync(() => desk.Stored("data").Any() || run.HasExited);
        Assert.False(run.HasExited);
        using (var kill = Process.Start("kill", ["-INT", run.Id.ToString()]))
            await kill.WaitForExitAsync();
        Assert.Equal(130, (await Desk.EndAsync(run)).Code);
        Assert.Empty(desk.Stored("locks"));
        Assert.Equal(130, (await desk.BackupAsync("ls")).Done().Json[0].GetProperty("lastRun").GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task What_cannot_be_read_is_listed_and_the_rest_is_backed_up()
    {
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "there is no file that nobody can read");
        await using var desk = await BackupDesk.NewAsync();
        await desk.InitAsync("--source", "/proc/self/mem", "--source", Path.Combine(desk.Desk.Home, "none"));
        var run = await desk.BackupAsync("run", "laptop");
        Assert.Equal(6, run.Code);
        Assert.Equal((33, 2), (BackupDesk.SummaryOf(run).GetProperty("files").GetInt32(), BackupDesk.SummaryOf(run).GetProperty("failed").GetInt32()));
        Assert.Contains(run.Lines, l => l.Contains("\"failed\"", StringComparison.Ordinal) && l.Contains("/proc/self/mem", StringComparison.Ordinal));
        Assert.Equal(1, await desk.SnapshotsAsync());
    }

    [Fact]
    public async Task Where_no_source_is_there_nothing_is_changed()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        Directory.Move(desk.Tree, desk.Tree + ".away");
        Assert.Equal(3, (await desk.BackupAsync("run", "laptop")).Code);
        Assert.Equal(0, await desk.SnapshotsAsync());
    }

    [Fact]
    public async Task A_lock_of_the_service_is_temporary_and_says_until_when()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        desk.Desk.Control.FailNext(FaultKind.Flood, "upload/get_upload_server");
        var run = await desk.Desk.With("FICHIER_MAX_WAIT", "1s").RunAsync("backup", "run", "laptop", "--json");
        Assert.Equal(5, run.Code);
        Assert.Contains("\"retryAt\":\"20", run.Error);
    }

    [Fact]
    public async Task A_source_that_rotted_without_a_trace_is_found_by_the_check()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        await desk.SummaryAsync("run", "laptop");
        var rotten = Path.Combine(desk.Tree, "sub", "3.txt");
        var time = File.GetLastWriteTimeUtc(rotten);
        File.WriteAllText(rotten, "5 X");
        File.SetLastWriteTimeUtc(rotten, time);
        var check = await desk.BackupAsync("check", "laptop", "--sample", "40", "--seed", "1");
        Assert.Equal(21, check.Code);
        Assert.Contains(check.Lines, l => l.Contains("\"mismatch\"", StringComparison.Ordinal) && l.Contains("3.txt", StringComparison.Ordinal));
        Assert.Equal((33, 1, 1), (BackupDesk.SummaryOf(check).GetProperty("restored").GetInt32(), BackupDesk.SummaryOf(check).GetProperty("mismatches").GetInt32(), BackupDesk.SummaryOf(check).GetProperty("seed").GetInt32()));
        Assert.False(Directory.Exists(Path.Combine(desk.Desk.Home, "cache", "fichier", "backup", "laptop", "restored")));
    }

    [Fact]
    public async Task A_repository_that_has_lost_a_pack_is_found_damaged()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        await desk.SummaryAsync("run", "laptop");
        (await desk.Desk.RunAsync("rm", "1f:" + desk.Stored("data").First().TrimStart('/'))).Done();
        var check = await desk.BackupAsync("check", "laptop");
        Assert.Equal(21, check.Code);
        Assert.Contains("damaged", check.Error);
    }

    [Fact]
    public async Task A_missing_or_old_restic_is_said_with_where_to_get_one()
    {
        await using var desk = Desk.Alone();
        desk.File("old", "#!/bin/sh\necho restic 0.12.1 compiled with go\n");
        var old = Path.Combine(desk.Home, "old");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var (path, words) in ((string, string)[])[("/nowhere/restic", "There is no restic at"), (old, "0.14.0 or later")])
        {
            var init = await desk.RunAsync("backup", "init", "laptop", "1f:b", "--source", desk.Home, "--restic", path);
            Assert.Equal(1, init.Code);
            Assert.Contains(words, init.Error);
            Assert.Contains("apt install restic", init.Error);
        }
    }

    [Fact]
    public async Task One_run_of_a_set_at_a_time()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        var folder = Path.Combine(desk.Desk.Home, "state", "fichier", "backup", "laptop");
        using (new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(5, (await desk.BackupAsync("run", "laptop")).Code);
        Assert.Equal(0, (await desk.BackupAsync("run", "laptop")).Code);
    }
}

using System.Text.RegularExpressions;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Backup;

/// <summary>What a run can and cannot do with its credential, and where secrets are not.</summary>
public sealed class BackupSecrecyTests
{
    [Fact]
    public async Task The_credential_of_a_run_cannot_remove_what_is_stored()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        await desk.SummaryAsync("run", "laptop");
        var evil = desk.Desk.File("evil", """
            #!/bin/sh
            [ "$1" = version ] && exec restic version
            [ "$1" = backup ] || exec restic "$@"
            restic forget --keep-last 1 --prune --max-unused 0 latest 2>&1
            restic forget latest 2>&1
            for id in $(restic list snapshots --no-lock -q); do curl -sS -o /dev/null -w '%{http_code}\n' -X DELETE "${RESTIC_REPOSITORY#rest:}snapshots/$id" >> "$0.codes"; done
            exec restic "$@"
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(evil, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var run = await desk.BackupAsync("run", "laptop", "--restic", evil);
        Assert.Equal(0, run.Code);
        Assert.Equal(["403"], await File.ReadAllLinesAsync(evil + ".codes"));
        Assert.Equal(2, await desk.SnapshotsAsync());
        Assert.Equal(0, (await desk.SummaryAsync("check", "laptop", "--read-data")).GetProperty("mismatches").GetInt32());
    }

    [Fact]
    public async Task Removal_has_to_be_confirmed()
    {
        var (desk, _) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        await desk.SummaryAsync("run", "laptop");
        Assert.Equal(2, (await desk.BackupAsync("forget", "laptop", "--keep-last", "1")).Code);
        Assert.Equal(2, (await desk.BackupAsync("forget", "laptop", "--yes")).Code);
        Assert.Equal(2, (await desk.BackupAsync("rm", "laptop")).Code);
        Assert.Equal(4, (await desk.BackupAsync("forget", "laptop", "ffffffff", "--yes")).Code);
        Assert.Equal(1, await desk.SnapshotsAsync());
        (await desk.BackupAsync("rm", "laptop", "--yes")).Done();
        Assert.Empty((await desk.BackupAsync("ls")).Done().Json.EnumerateArray());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(desk.Desk.Home, "config"), "backup.*", SearchOption.AllDirectories));
        Assert.NotEmpty(desk.Stored("snapshots"));
    }

    [Fact]
    public async Task No_secret_is_in_an_argument_list_a_log_or_the_configuration()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "there is no /proc to look at");
        var (desk, password) = await BackupDesk.WithSetAsync();
        await using var _1 = desk;
        var spy = desk.Desk.File("spy", """
            #!/bin/sh
            [ "$1" = version ] || { printf '%s\n' "$RESTIC_REPOSITORY" >> "$0.repositories"; cat /proc/[0-9]*/cmdline >> "$0.lines" 2>/dev/null; }
            exec restic "$@"
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(spy, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var log = Path.Combine(desk.Desk.Home, "log");
        var said = "";
        foreach (var arguments in (string[][])[["run", "laptop"], ["snapshots", "laptop"], ["check", "laptop"], ["restore", "laptop", "--to", Path.Combine(desk.Desk.Home, "back")], ["forget", "laptop", "--keep-last", "1", "--yes"]])
        {
            var outcome = (await desk.Desk.RunAsync(["backup", .. arguments, "--restic", spy, "-vvv", "--log-file", log])).Done();
            said += outcome.Out + outcome.Error;
        }

        var credentials = File.ReadAllLines(spy + ".repositories").Select(r => Regex.Match(r, "^rest:http://[0-9a-f]{16}:(?<secret>[0-9a-f]{64})@127", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["secret"].Value).Distinct().ToList();
        Assert.Equal(5, credentials.Count);
        var seen = said + await File.ReadAllTextAsync(log) + await File.ReadAllTextAsync(desk.Desk.ConfigFile) + await File.ReadAllTextAsync(spy + ".lines");
        Assert.All(credentials.Append(password), secret => Assert.DoesNotContain(secret, seen));
        Assert.Contains("backup", await File.ReadAllTextAsync(spy + ".lines"));
    }
}

using System.Diagnostics;
using System.Runtime.Versioning;
using OneFichier.Server.Backup;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Backup;

/// <summary>A program in the place of restic, which does what a test wants.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ResticRunnerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_interrupted_restic_tidies_up_and_is_waited_for()
    {
        var runner = Runner("trap 'echo tidied > \"$0.done\"; exit 130' INT; echo ready; while :; do read -r x < \"$0.fifo\"; done");
        using var fifo = Process.Start("mkfifo", [_folder["restic.fifo"]]);
        await fifo.WaitForExitAsync(Cancelled);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync([], _ => stop.Cancel(), null, stop.Token));
        Assert.Equal("tidied\n", await File.ReadAllTextAsync(_folder["restic.done"], Cancelled));
    }

    [Fact]
    public async Task One_that_does_not_end_is_killed()
    {
        var runner = Runner("trap '' INT; echo $$; while :; do :; done", patience: TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        var number = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(
            [],
            line =>
            {
                number = int.Parse(line);
                stop.Cancel();
            },
            null,
            stop.Token));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(number));
    }

    [Fact]
    public async Task Where_going_on_is_of_no_use_it_is_killed_at_once()
    {
        using var hopeless = new CancellationTokenSource();
        var runner = Runner("trap 'echo tidied > \"$0.done\"; exit 130' INT; echo ready; while :; do :; done", abandon: hopeless.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync([], _ => hopeless.Cancel(), null, Cancelled));
        Assert.False(File.Exists(_folder["restic.done"]));
    }

    [Fact]
    public async Task Its_exit_code_and_its_last_words_are_kept()
    {
        var exit = await Runner("for n in $(seq 300); do echo line $n >&2; done; exit 3").RunAsync([], null, null, Cancelled);
        Assert.Equal((3, 200, "line 300"), (exit.Code, exit.Errors.Count, exit.Errors[^1]));
    }

    [Fact]
    public async Task A_missing_an_old_and_a_foreign_program_are_refused_with_how_to_get_a_right_one()
    {
        foreach (var (name, words) in ((string, string)[])[(_folder["none"], "There is no restic at"), (Script("old", "echo restic 0.12.1 compiled"), "backups need 0.14.0 or later"), (Script("other", "echo rclone v1.60"), "is no restic"), (_folder.Write("text", "no program"u8), "cannot be run")])
        {
            var refused = await Assert.ThrowsAsync<FichierException>(() => ResticProgram.FindAsync(name, "", Cancelled));
            Assert.Contains(words, refused.Message);
            Assert.Contains("apt install restic", refused.Remedy);
        }

        Assert.Contains("not installed", (await Assert.ThrowsAsync<FichierException>(() => ResticProgram.FindAsync(null, _folder.Path, Cancelled))).Message);
        Script("restic", "echo restic 0.16.4 compiled");
        Assert.Equal("0.16.4", (await ResticProgram.FindAsync(null, $"/nowhere:{_folder.Path}", Cancelled)).Version.ToString());
    }

    [Fact]
    public async Task One_process_at_a_time_has_a_set_and_ends_what_a_killed_one_left_running()
    {
        Process left;
        using (var claim = await BackupClaim.TakeAsync(_folder["set"], Cancelled))
        {
            await Assert.ThrowsAsync<FichierUnavailableException>(() => BackupClaim.TakeAsync(_folder["set"], Cancelled));
            var start = new ProcessStartInfo("sleep", "600");
            start.Environment[ResticAccess.MarkVariable] = claim.Mark;
            left = Process.Start(start)!;
            await Until.TrueAsync(() => File.ReadAllText($"/proc/{left.Id}/cmdline").StartsWith("sleep", StringComparison.Ordinal));
        }

        using var next = await BackupClaim.TakeAsync(_folder["set"], Cancelled);
        await left.WaitForExitAsync(Cancelled);
        left.Dispose();
    }

    private ResticRunner Runner(string script, TimeSpan? patience = null, CancellationToken abandon = default) =>
        new(new ResticProgram(Script("restic", script), ResticVersion.Least), new ResticAccess("none", "password", _folder["cache"]), TimeProvider.System) { Abandon = abandon, Patience = patience ?? TimeSpan.FromMinutes(10) };

    private string Script(string name, string script)
    {
        // Written by another process: what this one has open to be written, a program that another test starts just then has open too for a moment, and "Text file busy" is the answer.
        using var writer = Process.Start("sh", ["-c", "printf '#!/bin/sh\\n%s\\n' \"$2\" >\"$1\" && chmod 700 \"$1\"", "sh", _folder[name], script]);
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
        return _folder[name];
    }
}

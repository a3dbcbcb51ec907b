using System.Diagnostics;
using System.Text.Json;

namespace OneFichier.Cli.Tests;

/// <summary>The verb as a user meets it: a program that mounts, others that use the mount.</summary>
public sealed class MountVerbTests
{
    [Fact]
    public async Task In_the_background_it_returns_once_it_is_mounted_and_sends_everything_before_it_ends()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        Assert.Contains("mounted 1f: on ", (await desk.RunAsync("mount", "1f:", desk.Home + "/mnt", "--daemon", "--write-back", "1h")).Done().Error, StringComparison.Ordinal);
        (await desk.ShellAsync("timeout 20 sh -c 'cd mnt && mkdir d && echo one > d/f && echo two > g && mv d e && stat -f -c %T . && cat e/f'")).Done();
        Assert.Empty(desk.Control.Tree().Files);
        await ends.UnmountAsync();
        Assert.Equal(["e/f", "g"], desk.Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_synced_survives_a_kill_and_is_sent_by_the_next_mount()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        using (var process = desk.Start("mount", "1f:", desk.Home + "/mnt", "--write-back", "1h"))
        {
            await MountedAsync(process);
            (await desk.ShellAsync("timeout 20 sh -c 'cd mnt && mkdir d && echo kept > d/f && sync d/f'")).Done();
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.Contains("not connected", (await desk.ShellAsync("ls mnt")).Error, StringComparison.Ordinal);
        (await desk.RunAsync("mount", "1f:", desk.Home + "/mnt", "--daemon")).Done();
        Assert.Equal("kept\n", (await desk.ShellAsync("timeout 20 cat mnt/d/f")).Done().Out);
        await ends.UnmountAsync();
        Assert.Equal("d/f", Assert.Single(desk.Control.Tree().Files).Path);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_it_cleanly(string signal)
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        using var process = desk.Start("mount", "1f:", desk.Home + "/mnt", "--json");
        var mounted = JsonDocument.Parse(await MountedAsync(process)).RootElement;
        Assert.Equal(("mounted", "1f:", desk.Home + "/mnt"), (mounted.GetProperty("type").GetString(), mounted.GetProperty("path").GetString(), mounted.GetProperty("mountpoint").GetString()));
        (await desk.ShellAsync("timeout 20 sh -c 'echo late > mnt/f'")).Done();
        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString()]))
            await kill.WaitForExitAsync();
        Assert.Equal(0, (await Desk.EndAsync(process)).Code);
        Assert.Equal("f", Assert.Single(desk.Control.Tree().Files).Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(desk.Home + "/mnt"));
    }

    [Fact]
    public async Task Its_exit_code_tells_the_truth_also_from_the_background()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        Assert.Equal(3, (await desk.RunAsync("mount", "1f:nowhere", desk.Home + "/mnt", "--daemon")).Code);
        Assert.Equal(3, (await desk.RunAsync("mount", "1f:", desk.Home + "/no/mnt", "--daemon")).Code);
        Assert.Equal(2, (await desk.RunAsync("mount", "1f:", desk.Home + "/mnt", "--umask", "9", "--daemon")).Code);
        Assert.Equal(20, (await desk.With("FICHIER_API_KEY", "wrong-key-0000000000000000000000").RunAsync("mount", "1f:", desk.Home + "/mnt", "--daemon")).Code);
    }

    [Fact]
    public async Task It_refuses_a_folder_it_is_mounted_on_already()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        (await desk.RunAsync("mount", "1f:", desk.Home + "/mnt", "--daemon")).Done();
        var second = await desk.RunAsync("mount", "1f:", desk.Home + "/mnt");
        await ends.UnmountAsync();
        Assert.Equal(1, second.Code);
        Assert.Contains("mounted already", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owner_group_and_permissions_are_as_wanted_and_read_only_is_read_only()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        desk.Control.AddFile("d/f", "x"u8);
        (await desk.RunAsync("mount", "1f:d", desk.Home + "/mnt", "--daemon", "--read-only", "--uid", "12", "--gid", "34", "--umask", "027")).Done();
        var seen = await desk.ShellAsync("timeout 20 stat -c '%u %g %a' mnt/f mnt; timeout 20 touch mnt/g");
        await ends.UnmountAsync();
        Assert.Equal(["12 34 640", "12 34 750"], seen.Lines);
        Assert.Contains("Read-only", seen.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moves_of_what_is_stored_move_no_bytes()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        foreach (var n in Enumerable.Range(0, 5))
            desk.Control.AddFile($"d/{n}", "content"u8);
        (await desk.RunAsync("mount", "1f:", desk.Home + "/mnt", "--daemon")).Done();
        (await desk.ShellAsync("timeout 60 sh -c 'cd mnt && mkdir e && mv d/0 e/zero && mv d/1 d/one && mv d x && mv e x/e'")).Done();
        await ends.UnmountAsync();
        Assert.Equal(["x/2", "x/3", "x/4", "x/e/zero", "x/one"], desk.Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(desk.Control.Requests, r => r.Endpoint.Contains("upload", StringComparison.Ordinal) || r.Endpoint.Contains("token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_of_a_hundred_files_cost_a_token_each_and_then_nothing_also_after_a_restart()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk;
        var content = new byte[200_000];
        foreach (var n in Enumerable.Range(0, 100))
        {
            new Random(n).NextBytes(content);
            desk.Control.AddFile($"d{n / 20}/{n}", content);
        }

        const string read = "timeout 100 sh -c 'for f in mnt/*/*; do head -c 65536 $f; done' | sha256sum";
        (await desk.RunAsync("mount", "1f:", desk.Home + "/mnt", "--daemon", "--max-age", "1h")).Done();
        var first = (await desk.ShellAsync(read)).Done().Out;
        Assert.Equal(100, Tokens(desk));
        Assert.Equal(first, (await desk.ShellAsync(read)).Done().Out);
        Assert.Equal(100, Tokens(desk));
        await ends.UnmountAsync();
        desk.Control.ResetLog();
        (await desk.RunAsync("mount", "1f:", desk.Home + "/mnt", "--daemon", "--max-age", "1h")).Done();
        Assert.Equal(first, (await desk.ShellAsync(read)).Done().Out);
        await ends.UnmountAsync();
        Assert.Equal(0, desk.Control.Counters.Api);
    }

    private static int Tokens(Desk desk) => desk.Control.Requests.Count(r => r.Endpoint.Contains("get_token", StringComparison.Ordinal));

    /// <summary>Reads what it says until it is mounted.</summary>
    private static async Task<string> MountedAsync(Process process)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("mounted ", StringComparison.Ordinal))
                return process.StartInfo.ArgumentList.Contains("--json") ? (await process.StandardOutput.ReadLineAsync())! : line;
        }

        throw new InvalidOperationException("It ended before it was mounted.");
    }
}

using System.Diagnostics;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(0, "ls 1f:docs")]
    [InlineData(1, "mv 1f:docs/a.txt 1f:docs/b.txt")]
    [InlineData(2, "ls --nope")]
    [InlineData(3, "ls 1f:nope")]
    [InlineData(3, "get 1f:nope/ here")]
    [InlineData(4, "cat 1f:docs/nope")]
    [InlineData(4, "rm 1f:nope")]
    [InlineData(4, "put nope 1f:")]
    [InlineData(4, "stat https://1fichier.com/?abcdefghij1234567890")]
    [InlineData(6, "rm 1f:docs/a.txt 1f:docs/nope")]
    public async Task What_happened_is_told_by_the_exit_code(int code, string line)
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("docs/a.txt", "a"u8);
        desk.Control.AddFile("docs/b.txt", "b"u8);
        var outcome = await desk.RunAsync(line.Split(' '));
        Assert.True(code == outcome.Code, $"{outcome.Code}: {outcome.Error}");
    }

    [Fact]
    public async Task Nobody_at_home_is_temporary()
    {
        await using var desk = Desk.Alone().With("FICHIER_API_BASE", "http://127.0.0.1:9/v1").With("FICHIER_API_KEY", new string('k', 32));
        Assert.Equal(5, (await desk.RunAsync("key", "check")).Code);
    }

    [Fact]
    public async Task A_lock_for_flooding_is_temporary_and_says_until_when()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.FailNext(FaultKind.Flood, "file/info");
        var outcome = await desk.With("FICHIER_MAX_WAIT", "1s").RunAsync("stat", "https://1fichier.com/?abcdefghij1234567890", "--json");
        Assert.Equal(5, outcome.Code);
        Assert.Contains("\"retryAt\":\"20", outcome.Error);
    }

    [Fact]
    public async Task A_refusal_for_good_is_fatal()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a.txt", "a"u8);
        desk.Control.SetOffer(SandboxOffer.Free);
        Assert.Equal(7, (await desk.RunAsync("url", "1f:a.txt")).Code);
    }

    [Fact]
    public async Task A_key_that_is_refused_has_a_code_of_its_own()
    {
        await using var desk = await Desk.WithSandboxAsync();
        Assert.Equal(20, (await desk.With("FICHIER_API_KEY", new string('x', 32)).RunAsync("key", "check")).Code);
        Assert.Equal(20, (await desk.With("FICHIER_API_KEY", null).RunAsync("ls")).Code);
    }

    [Fact]
    public async Task Bytes_that_are_not_those_stated_are_an_integrity_failure()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a.txt", "some content that can be wrong"u8);
        desk.Control.Faults = FaultPlan.Parse("download:corrupt=1");
        Assert.Equal(21, (await desk.RunAsync("cat", "1f:a.txt")).Code);
        Assert.Equal(21, (await desk.With("XDG_STATE_HOME", Path.Combine(desk.Home, "state2")).RunAsync("get", "1f:a.txt", "here")).Code);
        Assert.False(File.Exists(Path.Combine(desk.Home, "here/a.txt")));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_program_says_so(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send");
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddGeneratedFile("big.bin", 60_000_000);
        using var process = desk.Start("cat", "1f:big.bin");
        await process.StandardOutput.BaseStream.ReadExactlyAsync(new byte[1]);
        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString()]))
            await kill.WaitForExitAsync();

        var outcome = await Desk.EndAsync(process);
        Assert.Equal(130, outcome.Code);
        Assert.Contains("Interrupted", outcome.Error);
    }
}

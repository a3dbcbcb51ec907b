using System.Text.Json;

namespace OneFichier.Cli.Tests;

public sealed class OutputTests
{
    [Fact]
    public async Task A_reader_that_goes_away_ends_the_program_quietly()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddGeneratedFile("big.bin", 30_000_000);
        var outcome = await desk.ShellAsync("fichier -q cat 1f:big.bin | head -c 10 | wc -c; echo ${PIPESTATUS[0]}");
        Assert.Equal(["10", "0"], outcome.Lines);
        Assert.Empty(outcome.Error);
        Assert.Equal("what", (await desk.ShellAsync("fichier explain 374 | head -c 0; echo what")).Out.Trim());
    }

    [Fact]
    public async Task Appending_to_a_file_keeps_what_the_shell_wrote_before_and_after()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a.txt", "middle\n"u8);
        (await desk.ShellAsync("(echo before; fichier cat 1f:a.txt; echo after) > out")).Done();
        Assert.Equal("before\nmiddle\nafter\n", await File.ReadAllTextAsync(Path.Combine(desk.Home, "out")));
    }

    [Fact]
    public async Task Names_are_raw_in_a_pipe_and_escaped_on_a_terminal()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script, which makes a terminal, is not installed");
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("evil␛[31m\u202Etxt.exe", "x"u8);
        Assert.Equal("evil\e[31m\u202Etxt.exe\n", (await desk.RunAsync("ls")).Done().Out);
        var program = Desk.Program;
        var shown = await desk.With("XDG_STATE_HOME", Path.Combine(desk.Home, "state2")).ShellAsync($"script -qec \"dotnet exec '{program}' ls\" /dev/null");
        Assert.Contains(@"evil\x1b[31m\u202etxt.exe", shown.Out);
        Assert.DoesNotContain("\u202E", shown.Out);
    }

    [Fact]
    public async Task Colours_are_for_terminals_that_want_them()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script, which makes a terminal, is not installed");
        await using var desk = Desk.Alone().With("TERM", "xterm-256color");
        var line = $"script -qec \"dotnet exec '{Desk.Program}' nothing\" /dev/null";
        Assert.Contains("\e[31m", (await desk.ShellAsync(line)).Out);
        Assert.DoesNotContain("\e[31m", (await desk.ShellAsync(line.Replace(" nothing", " nothing --no-color"))).Out);
        Assert.DoesNotContain("\e[31m", (await desk.With("NO_COLOR", "1").ShellAsync(line)).Out);
        Assert.DoesNotContain("\e[31m", (await desk.With("NO_COLOR", null).With("TERM", "dumb").ShellAsync(line)).Out);
        Assert.DoesNotContain("\e", (await desk.With("TERM", "xterm").RunAsync("nothing")).Error);
    }

    [Fact]
    public async Task Errors_are_events_on_standard_error_with_json()
    {
        await using var desk = Desk.Alone();
        var outcome = await desk.RunAsync("key", "show", "--json");
        var error = JsonDocument.Parse(outcome.Error).RootElement;
        Assert.Equal(("error", 20), (error.GetProperty("type").GetString(), error.GetProperty("exitCode").GetInt32()));
        Assert.Equal("Run: fichier login", error.GetProperty("remedy").GetString());
        Assert.Empty(outcome.Out);
    }

    [Fact]
    public async Task Account_and_quota_have_the_members_scripts_rely_on()
    {
        await using var desk = await (await Desk.WithSandboxAsync()).InAHurryAsync();
        var account = (await desk.RunAsync("account", "--json")).Done().Json;
        Assert.Equal("premium", account.GetProperty("offer").GetString());
        Assert.Equal(2_000_000_000_000, account.GetProperty("storage").GetProperty("allowed").GetInt64());
        Assert.True(account.GetProperty("asOf").TryGetDateTimeOffset(out _) && account.GetProperty("subscriptionEnd").TryGetDateTimeOffset(out _));
        foreach (var name in (string[])["hot", "cold", "available"])
            Assert.Equal(JsonValueKind.Number, account.GetProperty("storage").GetProperty(name).ValueKind);

        (await desk.RunAsync("account", "--refresh")).Done();
        Assert.Single(desk.Control.Requests, r => r.Endpoint == "user/info");
        var rule = (await desk.RunAsync("quota", "--json")).Done().Json.EnumerateArray().First(r => r.GetProperty("name").GetString() == "account info, user");
        Assert.Equal((1, 300.0, 1), (rule.GetProperty("limit").GetInt32(), rule.GetProperty("window").GetDouble(), rule.GetProperty("used").GetInt32()));
        Assert.True(rule.GetProperty("freeAt").TryGetDateTimeOffset(out _));
        Assert.Equal(JsonValueKind.Null, rule.GetProperty("lockedUntil").ValueKind);
    }

    [Fact]
    public async Task Progress_is_shown_without_a_terminal_only_when_asked_for()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var file = desk.File("a.bin", new string('x', 2048));
        Assert.Contains("2 KiB of 2 KiB", (await desk.RunAsync("put", "-P", file, "1f:a")).Done().Error);
        Assert.Contains("""{"type":"progress","done":2048,"total":2048}""", (await desk.RunAsync("put", "-P", "--json", file, "1f:b")).Done().Out);
        Assert.Empty((await desk.RunAsync("put", file, "1f:c")).Done().Error);
    }

    [Fact]
    public async Task A_quiet_program_says_nothing_but_errors()
    {
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_API_KEY", null);
        Assert.Empty((await desk.RunAsync(["login", "-q"], Sandbox.SandboxOptions.DefaultKey)).Done().Error);
        Assert.NotEmpty((await desk.RunAsync("ls", "-q", "1f:nope")).Error);
    }

    [Theory]
    [InlineData("374", "Flood detected: IP Locked")]
    [InlineData("#223", "Flood detected: User Locked")]
    [InlineData("No such user #12345", "No such user")]
    [InlineData("{\"status\":\"KO\",\"message\":\"Must be a customer (Premium, Access) #200\"}", "Must be a customer")]
    public async Task Messages_are_explained_by_text_or_number(string asked, string found)
    {
        await using var desk = Desk.Alone();
        Assert.Contains(found, (await desk.RunAsync("explain", asked)).Done().Out);
        var shape = (await desk.RunAsync("explain", asked, "--json")).Done().Json.GetProperty("found")[0];
        Assert.NotEmpty(shape.GetProperty("remedy").GetString()!);
        Assert.Equal(1, (await desk.RunAsync("explain", "nothing like it")).Code);
    }

    [Fact]
    public async Task Checksums_of_local_files_are_those_of_the_standard()
    {
        await using var desk = Desk.Alone();
        desk.File("tree/hello", "Hello world\n");
        desk.File("tree/sub/empty", "");
        var lines = (await desk.RunAsync("hashsum", "whirlpool", "tree")).Done().Lines;
        Assert.Equal("0a894ff039da399d5a72116b3665cd952abc8a9ffe37bfae4eae4d5381c5102b237c27e88b03f71c516e08ffa1cc9de9eac55d7d3abd38ea56220018f006a2c5  hello", lines[0]);
        Assert.Equal("19fa61d75522a4669b44e39c1d2e1726c530232130d407f89afee0964997f7a73e83be698b288febcf88e3e03c4f0757ea8964e59b63d93708b138cc42a66eb3  sub/empty", lines[1]);
        Assert.StartsWith(lines[0][..128], (await desk.RunAsync(["hashsum", "whirlpool", "-"], "Hello world\n")).Done().Out);
        Assert.Equal(3, (await desk.RunAsync("hashsum", "whirlpool", "nope")).Code);
    }

    [Fact]
    public async Task Checksums_of_remote_files_are_told_without_a_transfer_and_compare_with_local_ones()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("tree/sub/hello", "Hello world\n");
        (await desk.RunAsync("put", "tree", "1f:")).Done();
        var asked = desk.Control.Counters.Api;
        Assert.Equal((await desk.RunAsync("hashsum", "whirlpool", "tree")).Done().Out, (await desk.RunAsync("hashsum", "whirlpool", "1f:tree")).Done().Out);
        Assert.Equal(asked, desk.Control.Counters.Api);
    }
}

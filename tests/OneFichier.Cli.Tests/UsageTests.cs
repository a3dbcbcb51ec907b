namespace OneFichier.Cli.Tests;

public sealed class UsageTests
{
    [Fact]
    public async Task Alone_it_shows_its_help_on_standard_output()
    {
        await using var desk = Desk.Alone();
        var outcome = (await desk.RunAsync()).Done();
        Assert.Contains("Usage:", outcome.Out);
        Assert.Contains("login", outcome.Out);
        Assert.DoesNotContain("__complete", outcome.Out);
        Assert.Empty(outcome.Error);
    }

    [Theory]
    [InlineData("explian", "Did you mean explain?")]
    [InlineData("lsjsno", "Did you mean lsjson?")]
    public async Task An_unknown_command_is_usage_and_the_nearest_is_suggested(string typed, string suggestion)
    {
        await using var desk = Desk.Alone();
        var outcome = await desk.RunAsync(typed);
        Assert.Equal(2, outcome.Code);
        Assert.Empty(outcome.Out);
        Assert.Contains($"Unknown command '{typed}'", outcome.Error);
        Assert.Contains(suggestion, outcome.Error);
    }

    [Fact]
    public async Task An_unknown_flag_is_no_path()
    {
        await using var desk = Desk.Alone();
        var outcome = await desk.RunAsync("ls", "--refrsh", "1f:");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("Did you mean --refresh?", outcome.Error);
    }

    [Theory]
    [InlineData("--json", "version")]
    [InlineData("version", "--json")]
    public async Task Global_flags_stand_before_the_verb_or_after_it(string first, string second)
    {
        await using var desk = Desk.Alone();
        Assert.Equal("0.0.0-dev", (await desk.RunAsync(first, second)).Done().Json.GetProperty("version").GetString());
    }

    [Fact]
    public async Task An_argument_that_starts_with_an_at_sign_is_no_response_file()
    {
        await using var desk = Desk.Alone();
        desk.File("words", "374");
        Assert.Contains("'@words' is not known here", (await desk.RunAsync("explain", "@words")).Error);
    }

    [Theory]
    [InlineData("ls --max-age soon", "'soon' is not a duration")]
    [InlineData("ls --log-format xml", "'xml' is not one of text, json")]
    [InlineData("cat --count many 1f:a", "'many' is not a size")]
    [InlineData("put a", "")]
    [InlineData("mkdir ./local", "is no path of an account")]
    [InlineData("ls 1f:a/../b", ". and .. lead nowhere")]
    [InlineData("ls id:abc", "Not a folder number")]
    [InlineData("ls https://example.com/?abcdefghij", "is no link of the service")]
    [InlineData("ls --account X", "is no account name")]
    [InlineData("put 1f:a 1f:b", "is not local")]
    [InlineData("get 1f:a 1f:b", "is no local folder")]
    [InlineData("hashsum md5 a", "is not kept by the service")]
    [InlineData("completion tcsh", "There is no completion")]
    [InlineData("sandbox --addr nowhere", "is not HOST:PORT")]
    [InlineData("sandbox --fault flood=7", "is no rate")]
    public async Task Wrong_usage_is_refused_with_the_reason(string line, string reason)
    {
        await using var desk = Desk.Alone();
        var outcome = await desk.RunAsync(line.Split(' '));
        Assert.Equal(2, outcome.Code);
        Assert.Contains(reason, outcome.Error);
    }

    [Fact]
    public async Task Every_verb_has_help_with_examples_and_exit_codes()
    {
        await using var desk = Desk.Alone();
        var verbs = (await desk.RunAsync("__complete", "--", "fichier ")).Done().Lines.Select(l => l.Split('\t')[0]).Except(["key", "config", "index", "token", "serve", "remote", "backup", "job", "migrate"]);
        await Parallel.ForEachAsync(verbs.Concat(["key show", "key check", "key where", "key rotate", "config show", "config path", "config crypt", "config import rclone", "index refresh", "token issue", "token ls", "token revoke", "token log", "serve webdav", "serve http", "serve rest", "serve all", "job add", "job ls", "job run", "job log", "job pause", "job resume", "job rm"]), TestContext.Current.CancellationToken, async (verb, _) =>
        {
            var help = (await desk.RunAsync([.. verb.Split(' '), "--help"])).Done().Out;
            Assert.Contains($"fichier {verb} [flags]", help);
            Assert.Contains("Examples:", help);
            Assert.Contains("Exit codes:", help);
        });
    }
}

namespace OneFichier.Cli.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("fichier lsj", "lsjson")]
    [InlineData("fichier key sh", "show")]
    [InlineData("fichier ls --ref", "--refresh")]
    [InlineData("fichier ls --log-format j", "json")]
    [InlineData("fichier completion z", "zsh")]
    public async Task The_end_of_a_line_is_completed(string line, string word)
    {
        await using var desk = Desk.Alone();
        Assert.Equal(word, Assert.Single((await desk.RunAsync("__complete", "--", line)).Done().Lines).Split('\t')[0]);
    }

    [Fact]
    public async Task Remote_paths_are_completed_from_what_is_remembered_without_a_request()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("docs/alpha.txt", "a"u8);
        desk.Control.AddFile("docs/beta.txt", "b"u8);
        Assert.Empty((await desk.RunAsync("__complete", "--", "fichier ls 1f:d")).Done().Out);
        (await desk.RunAsync("ls", "-R")).Done();
        var asked = desk.Control.Requests.Count;
        Assert.Equal(["1f:docs/"], await PathsAsync(desk, "fichier ls 1f:d"));
        Assert.Equal(["1f:docs/alpha.txt", "1f:docs/beta.txt"], await PathsAsync(desk, "fichier cat 1f:docs/"));
        Assert.Equal(["1f:docs/beta.txt"], await PathsAsync(desk, "fichier mv 1f:docs/b"));
        Assert.Equal(["1f:"], await PathsAsync(desk, "fichier ls 1"));
        Assert.Equal(asked, desk.Control.Requests.Count);
    }

    [Fact]
    public async Task Bash_takes_the_script_and_completes_with_it()
    {
        await using var desk = Desk.Alone();
        var outcome = await desk.ShellAsync("eval \"$(fichier completion bash)\"; COMP_LINE='fichier has' COMP_POINT=11; _fichier; echo \"${COMPREPLY[@]}\"");
        Assert.Equal("hashsum", outcome.Out.Trim());
    }

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Other_shells_have_a_script_that_asks_the_program(string shell)
    {
        await using var desk = Desk.Alone();
        Assert.Contains("fichier __complete", (await desk.RunAsync("completion", shell)).Done().Out);
    }

    private static async Task<string[]> PathsAsync(Desk desk, string line) =>
        [.. (await desk.RunAsync("__complete", "--", line)).Done().Lines.Select(l => l.Split('\t')[0])];
}

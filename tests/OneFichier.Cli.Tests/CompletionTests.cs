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
}

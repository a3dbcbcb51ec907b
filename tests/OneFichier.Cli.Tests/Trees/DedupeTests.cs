namespace OneFichier.Cli.Tests.Trees;

public sealed class DedupeTests
{
    [Fact]
    public async Task Files_of_one_name_are_shown_and_only_removed_when_told_which_stays()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var first = Twice(desk);
        var outcome = (await desk.RunAsync("dedupe", "1f:docs")).Done();
        Assert.Equal(2, outcome.Lines.Count(l => l.StartsWith("same", StringComparison.Ordinal) && l.Contains("twice.txt", StringComparison.Ordinal)));
        Assert.Equal(3, desk.Stored().Length);

        outcome = (await desk.RunAsync("dedupe", "--mode", "newest", "--dry-run", "--json", "1f:docs")).Done();
        Assert.Equal(["keep", "remove"], outcome.Events("duplicate").Select(e => e.GetProperty("fate").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(3, desk.Stored().Length);

        (await desk.RunAsync("dedupe", "--mode", "newest", "1f:docs")).Done();
        Assert.Equal(["docs/alone.txt", "docs/twice.txt"], desk.Stored());
        Assert.DoesNotContain(desk.Control.Tree().Files, f => f.Url == first);
    }

    [Fact]
    public async Task The_oldest_may_stay_and_content_may_be_what_counts()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var first = Twice(desk);
        desk.Control.Advance(TimeSpan.FromMinutes(1));
        desk.Control.AddFile("elsewhere/alike.txt", "alone"u8);
        (await desk.RunAsync("dedupe", "--by", "content", "--mode", "oldest", "1f:")).Done();
        Assert.Equal(["docs/alone.txt", "docs/twice.txt", "docs/twice.txt"], desk.Stored());
        (await desk.RunAsync("dedupe", "--mode", "oldest", "1f:")).Done();
        Assert.Contains(desk.Control.Tree().Files, f => f.Url == first);
        Assert.Equal(["docs/alone.txt", "docs/twice.txt"], desk.Stored());
    }

    [Fact]
    public async Task Places_that_are_no_account_are_refused()
    {
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync(["config", "crypt", "secret", "1f:vault"], "password\n")).Done();
        var outcome = await desk.RunAsync("dedupe", "secret:");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("fichier dedupe 1f:vault", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await desk.RunAsync("dedupe", "folder")).Code);
        Assert.Equal(2, (await desk.RunAsync("dedupe", "--mode", "largest", "1f:")).Code);
        Assert.Equal(3, (await desk.RunAsync("dedupe", "1f:nowhere")).Code);
    }

    private static string Twice(Desk desk)
    {
        var first = desk.Control.AddFile("docs/twice.txt", "first"u8);
        desk.Control.Advance(TimeSpan.FromMinutes(1));
        desk.Control.AddFile("docs/twice.txt", "second!"u8);
        desk.Control.AddFile("docs/alone.txt", "alone"u8);
        return first;
    }
}

using System.Text.Json;
using OneFichier.Cli.Tests.Trees;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Migration;

/// <summary>Where files of a migration come from, and what is done where the first way is refused.</summary>
public sealed class MigrateSourceTests
{
    private const string OtherKey = "other-key-00000000000000000000__";
    private const string Other = "other@example.org";
    private const string Locked = "locked@example.org";

    [Fact]
    public async Task The_service_fetches_addresses_by_itself_and_each_arrival_is_compared_and_named()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        var list = desk.File("list.txt", $"{origin.Add("x1", "first")}\tiso/one.iso\n{origin.Add("two.iso", "second")}\tiso/two.iso\n");

        var plan = (await desk.RunAsync("migrate", "plan", "--from-file", list, "1f:in", "--json")).Done();
        (await desk.RunAsync("migrate", "run")).Done();
        var report = (await desk.RunAsync("migrate", "report", "in", "--format", "csv")).Done();

        Assert.Contains("\"fetch\",\"files\":2", plan.Out, StringComparison.Ordinal);
        Assert.Equal(["in/iso/one.iso", "in/iso/two.iso"], desk.Stored());
        Assert.Equal((0, 1), (desk.Control.Counters.Node, desk.Asked("remote/request")));
        Assert.Equal(2, report.Lines.Count(l => l.Contains(",proven,", StringComparison.Ordinal) && l.Contains(",size,", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_service_cannot_fetch_is_carried_and_said()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        desk.Control.Behaviours = desk.Control.Behaviours with { RemoteFailName = "hidden" };

        (await desk.RunAsync("migrate", "plan", origin.Add("hidden.bin", "carried"), origin.Add("open.bin", "fetched"), "1f:in")).Done();
        var run = (await desk.RunAsync("migrate", "run")).Done();

        Assert.Contains("hidden.bin is carried: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("open.bin is carried", run.Error, StringComparison.Ordinal);
        Assert.Equal(["in/hidden.bin", "in/open.bin"], desk.Stored());
        Assert.Equal("carried", desk.Content("in/hidden.bin"));
    }

    [Fact]
    public async Task A_run_that_is_killed_while_the_service_fetches_does_not_ask_for_it_again()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var origin = new Origin();
        desk.Control.Behaviours = desk.Control.Behaviours with { RemoteDelay = TimeSpan.FromHours(1) };
        (await desk.RunAsync("migrate", "plan", origin.Add("slow.bin", "slow"), "1f:in")).Done();
        using (var killed = desk.Start("migrate", "run"))
        {
            await Until.TrueAsync(() => desk.Asked("remote/request") == 1);
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        desk.Control.Advance(TimeSpan.FromHours(2));
        (await desk.RunAsync("migrate", "run")).Done();

        Assert.Equal(["in/slow.bin"], desk.Stored());
        Assert.Equal((0, 1), (desk.Control.Counters.Node, desk.Asked("remote/request")));
    }

    [Fact]
    public async Task Shares_and_page_links_of_others_are_copied_on_the_service()
    {
        await using var desk = await WithOtherAsync();
        desk.Control.AddFile("shared/one.txt", "one\n"u8, Other);
        desk.Control.AddFile("shared/two.txt", "two\n"u8, Other);
        var link = desk.Control.AddFile("elsewhere/three.txt", "three\n"u8, Other);
        var folder = desk.Control.Tree(Other).Folders.Single(f => f.Path == "shared").Id;
        var share = (await AsOtherAsync(desk, "api", "folder/share", "-f", $"folder_id={folder}", "-f", "share=1")).Json.GetProperty("url").GetString()!;

        var plan = (await desk.RunAsync("migrate", "plan", share, link, "1f:in", "--json")).Done();
        (await desk.RunAsync("migrate", "run")).Done();

        Assert.Contains("\"copy\",\"files\":3", plan.Out, StringComparison.Ordinal);
        Assert.Equal(["in/one.txt", "in/three.txt", "in/two.txt"], desk.Stored());
        Assert.Equal((0, 0), (desk.Control.Counters.Node, desk.Control.Counters.Download));
    }

    [Fact]
    public async Task Page_links_and_shares_in_a_list_are_copied_on_the_service_and_a_dead_one_is_told()
    {
        await using var desk = await WithOtherAsync();
        await using var origin = new Origin();
        desk.Control.AddFile("shared/two.txt", "two\n"u8, Other);
        var link = desk.Control.AddFile("elsewhere/one.txt", "one\n"u8, Other);
        var named = desk.Control.AddFile("elsewhere/three.txt", "three\n"u8, Other);
        var folder = desk.Control.Tree(Other).Folders.Single(f => f.Path == "shared").Id;
        var share = (await AsOtherAsync(desk, "api", "folder/share", "-f", $"folder_id={folder}", "-f", "share=1")).Json.GetProperty("url").GetString()!;
        var list = desk.File("list.txt", $"{link}\n{share}\tshare\n{named}\tnamed/3.txt\n{origin.Add("four.txt", "four")}\nhttps://1fichier.com/?deadlink00\n");

        var plan = await desk.RunAsync("migrate", "plan", "--from-file", list, "1f:in", "--json");
        var run = await desk.RunAsync("migrate", "run");

        Assert.Contains("\"copy\",\"files\":3", plan.Out, StringComparison.Ordinal);
        Assert.Contains("deadlink00", plan.Out, StringComparison.Ordinal);
        Assert.Equal(6, run.Code);
        Assert.Equal(["in/four.txt", "in/named/3.txt", "in/one.txt", "in/share/two.txt"], desk.Stored());
        Assert.Equal(("three\n", 0), (desk.Content("in/named/3.txt"), desk.Control.Counters.Node));
    }

    [Fact]
    public async Task A_file_whose_owner_is_locked_keeps_no_other_from_arriving_whenever_that_shows()
    {
        await using var desk = await WithOtherAsync();
        string[] links = [desk.Control.AddFile("one.txt", "one"u8, Other), desk.Control.AddFile("two.txt", "two"u8, Locked), desk.Control.AddFile("three.txt", "three"u8, Other)];
        (await desk.RunAsync(["migrate", "plan", "--name", "before", .. links, "1f:before"])).Done();
        desk.Control.LockAccount(true, Locked);

        var plan = await desk.RunAsync("migrate", "plan", "--name", "after", "--from-file", desk.File("links.txt", string.Join('\n', links)), "1f:after");
        var runs = new[] { await desk.RunAsync("migrate", "run", "before"), await desk.RunAsync("migrate", "run", "after") };
        var urls = await desk.RunAsync(["url", .. links]);
        var got = await desk.RunAsync(["get", .. links, "here"]);

        Assert.Contains("Owner locked", plan.Out + plan.Error, StringComparison.Ordinal);
        Assert.Equal([6, 6], runs.Select(r => r.Code));
        Assert.Equal(["after/one.txt", "after/three.txt", "before/one.txt", "before/three.txt"], desk.Stored());
        Assert.Equal((6, 2), (urls.Code, urls.Lines.Length));
        Assert.Equal(6, got.Code);
        Assert.Equal(["one.txt", "three.txt"], Directory.EnumerateFiles(Path.Combine(desk.Home, "here")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_service_does_not_copy_from_another_account_is_carried_and_said_and_the_rest_is_copied()
    {
        await using var desk = await WithOtherAsync("docs");
        foreach (var n in Enumerable.Range(0, 6))
            desk.Control.AddFile($"docs/{n}.txt", "open\n"u8, Other);

        var mine = desk.Control.AddFile("docs/mine.txt", "for few\n"u8, Other);
        var rules = desk.File("rules.json", JsonSerializer.Serialize(new { urls = new[] { mine }, acl = new { email = new[] { "nobody@example.org" } } }));
        await SetAsOtherAsync(desk, rules);

        var plan = (await desk.RunAsync("migrate", "plan", "work:docs", "1f:in", "-v")).Done();
        var run = (await desk.RunAsync("migrate", "run")).Done();

        Assert.Contains("carried where the service refuses", plan.Out, StringComparison.Ordinal);
        Assert.Contains("mine.txt is carried: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(7, desk.Stored().Length);
        Assert.Equal((1, 1), (desk.Asked("upload.cgi"), desk.Asked("download/get_token")));
        Assert.Contains("7 of 7 files are there and proven", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_asks_for_a_password_is_told_before_anything_is_done()
    {
        await using var desk = await WithOtherAsync();
        var link = desk.Control.AddFile("closed.txt", "closed\n"u8, Other);
        var rules = desk.File("rules.json", JsonSerializer.Serialize(new { urls = new[] { link }, pass = "secret-word" }));
        await SetAsOtherAsync(desk, rules);

        var plan = await desk.RunAsync("migrate", "plan", link, "1f:in");

        Assert.NotEqual(0, plan.Code);
        Assert.Contains("assword", plan.Error, StringComparison.Ordinal);
        Assert.Empty(desk.Stored());
    }

    private static Task SetAsOtherAsync(Desk desk, string attributes) => AsOtherAsync(desk, "api", "file/chattr", "--input", attributes);

    private static async Task<Outcome> AsOtherAsync(Desk desk, params string[] arguments)
    {
        var outcome = (await desk.With("FICHIER_API_KEY", null).RunAsync([.. arguments, "--account", "work"])).Done();
        desk.With("FICHIER_API_KEY", SandboxOptions.DefaultKey);
        return outcome;
    }

    /// <summary>Logging in looks at the root, and believes for a while what it saw there: what is to be found later is made before.</summary>
    private static async Task<Desk> WithOtherAsync(params string[] folders)
    {
        var accounts = new[] { (Other, OtherKey), (Locked, "locked-key-0000000000000000000__") }.Select(a => SandboxAccount.Default with { Email = a.Item1, Keys = [a.Item2] });
        var desk = await Desk.WithSandboxAsync(new SandboxOptions { Accounts = [SandboxAccount.Default, .. accounts] });
        foreach (var folder in folders)
            desk.Control.AddFolder(folder, Other);

        (await desk.RunAsync(["login", "--name", "work", "--key-file", "-"], OtherKey + "\n")).Done();
        return desk;
    }
}

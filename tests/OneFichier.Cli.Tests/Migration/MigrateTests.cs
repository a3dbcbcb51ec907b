using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Migration;

/// <summary><c>fichier migrate</c>: planned, carried out, proven.</summary>
public sealed class MigrateTests
{
    private const string OtherKey = "other-key-00000000000000000000__";

    [Fact]
    public async Task A_disk_and_a_list_of_addresses_are_moved_in_and_every_file_is_proven()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await using var web = new RawServer(_ => RawReply.Of("200 OK", "Content-Type: text/plain", "from afar\n"));
        desk.File("disk/a/one.txt", "one\n");
        desk.File("disk/empty", "");
        var list = desk.File("list.txt", $"# a remark\nhttp://{web.Authority}/x\tweb/far.txt\t10\n");

        var plan = (await desk.RunAsync("migrate", "plan", "disk", "--from-file", list, "1f:in", "--carry", "--json")).Done();
        var run = (await desk.RunAsync("migrate", "run")).Done();
        var report = (await desk.RunAsync("migrate", "report", "in", "--format", "csv")).Done();

        Assert.Contains("\"carry\",\"files\":3", plan.Out, StringComparison.Ordinal);
        Assert.Equal(["in/a/one.txt", "in/empty", "in/web/far.txt"], desk.Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal(3, report.Lines.Count(l => l.Contains(",proven,", StringComparison.Ordinal) && l.Contains(",whirlpool,", StringComparison.Ordinal)));
        Assert.Contains("3 of 3 files are there and proven", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_go_is_told_with_its_reason_and_the_rest_goes()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("disk/" + new string('n', 251), "too long\n");
        desk.File("disk/good.txt", "good\n");

        var plan = await desk.RunAsync("migrate", "plan", "disk", "1f:in");
        var run = await desk.RunAsync("migrate", "run");

        Assert.Equal(6, plan.Code);
        Assert.Contains("has 251 characters", plan.Error, StringComparison.Ordinal);
        Assert.Equal(6, run.Code);
        Assert.Equal(["in/good.txt"], desk.Control.Tree().Files.Select(f => f.Path));
    }

    [Fact]
    public async Task What_is_there_already_is_not_sent()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("disk/here.txt", "here\n");
        desk.Control.AddFile("in/here.txt", "here\n"u8.ToArray());

        (await desk.RunAsync("migrate", "plan", "disk", "1f:in")).Done();
        (await desk.RunAsync("migrate", "run")).Done();

        Assert.Single(desk.Control.Tree().Files);
        Assert.Equal(0, desk.Control.Counters.Node);
    }

    [Fact]
    public async Task Files_of_another_account_are_copied_on_the_service_without_a_byte_through_this_machine()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Accounts = [SandboxAccount.Default, SandboxAccount.Default with { Email = "other@example.org", Keys = [OtherKey] }] });
        desk.Control.AddFile("docs/open.txt", "open\n"u8.ToArray(), "other@example.org");
        desk.Control.AddFile("docs/two.txt", "two\n"u8.ToArray(), "other@example.org");
        (await desk.RunAsync(["login", "--name", "work", "--key-file", "-"], OtherKey + "\n")).Done();

        (await desk.RunAsync("migrate", "plan", "work:docs", "1f:in")).Done();
        (await desk.RunAsync("migrate", "run")).Done();

        Assert.Equal(2, desk.Control.Tree().Files.Count(f => f.Path.StartsWith("in/", StringComparison.Ordinal)));
        Assert.Equal(0, desk.Control.Counters.Node);
    }

    [Fact]
    public async Task Two_sources_that_bring_one_path_are_told_and_the_first_wins()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("first/a.txt", "first\n");
        desk.File("second/a.txt", "second\n");

        var plan = await desk.RunAsync("migrate", "plan", "first", "second", "1f:in");
        await desk.RunAsync("migrate", "run");

        Assert.Contains("brings a file of this path before", plan.Error, StringComparison.Ordinal);
        Assert.Equal(6, desk.Control.Tree().Files.Single().Size);
    }

    [Fact]
    public async Task A_remote_of_rclone_is_carried_and_compared_with_its_own_checksums()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/rclone"), "rclone is not installed");
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("disk/sub/a.txt", "through rclone\n");
        desk.With("RCLONE_CONFIG", desk.File("rclone.conf", $"[there]\ntype = alias\nremote = {desk.Home}/disk\n"));

        (await desk.RunAsync("migrate", "plan", "rclone:there:", "1f:in")).Done();
        (await desk.RunAsync("migrate", "run")).Done();
        var report = (await desk.RunAsync("migrate", "report", "--format", "json")).Done();

        Assert.Equal(["in/sub/a.txt"], desk.Control.Tree().Files.Select(f => f.Path));
        Assert.Contains("\"otherSum\":\"", report.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_changed_since_the_plan_fails_alone_and_a_new_run_says_so_again()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("disk/a.txt", "as planned\n");
        desk.File("disk/b.txt", "stays\n");
        (await desk.RunAsync("migrate", "plan", "disk", "1f:in")).Done();
        desk.File("disk/a.txt", "another length now\n");

        var run = await desk.RunAsync("migrate", "run", "--retries", "1");

        Assert.Equal(6, run.Code);
        Assert.Contains("when it was planned", run.Error, StringComparison.Ordinal);
        Assert.Equal(["in/b.txt"], desk.Control.Tree().Files.Select(f => f.Path));
    }

    [Fact]
    public async Task A_list_with_a_bad_line_is_refused_with_its_number()
    {
        await using var desk = await Desk.WithSandboxAsync();

        var plan = await desk.RunAsync("migrate", "plan", "--from-file", desk.File("list.txt", "https://example.org/a\nftp://example.org/b\n"), "1f:in");

        Assert.Equal(2, plan.Code);
        Assert.Contains("Line 2 begins with no http or https address", plan.Error, StringComparison.Ordinal);
    }
}

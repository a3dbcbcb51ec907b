using OneFichier.Drive.Index;
using OneFichier.Sandbox;
using OneFichier.Testing;
using Play = OneFichier.Testing.Stage;

namespace OneFichier.Drive.Tests;

public sealed class DirectLinkRunTests
{
    [Fact]
    public async Task Five_hundred_links_under_the_documented_limits_cost_five_hundred_and_one_requests_interrupted_and_resumed()
    {
        await using var stage = await Play.StartAsync(o => o with { Limits = SandboxLimits.Documented }, factor: 20);
        stage.Control.Seed(new SandboxSeed { Files = 500 });
        var state = Path.Combine(stage.Folder.Path, "state");

        var first = await RunAsync(stage, state, endsAfter: 200);
        var second = await RunAsync(stage, state);

        Assert.InRange(first.Count, 200, 300);
        Assert.Equal(500, second.Count);
        Assert.Equal(first.Select(o => o.Link!.Url), second.Take(first.Count).Select(o => o.Link!.Url));
        Assert.All(second.Take(first.Count), o => Assert.True(o.Remembered));
        Assert.Equal(0, stage.Control.Counters.Floods);
        Assert.Equal(500, stage.Control.Counters.Endpoints["download/get_token"]);
        Assert.Equal(501, stage.Control.Counters.Api);
        Assert.Equal(500, second.Select(o => o.Link!.Url).Distinct().Count());
    }

    [Fact]
    public async Task A_link_that_has_ended_is_asked_for_again_and_one_that_has_not_is_not()
    {
        await using var stage = await Play.StartAsync();
        FileLink[] files = [File(stage, "a"), File(stage, "b")];
        using var book = new SqliteLinkBook(Path.Combine(stage.Folder.Path, "links.db"), stage.Time);
        var early = await AskAsync(stage, book, files[..1]);
        stage.Time.Skip(TimeSpan.FromMinutes(3));
        stage.Control.Advance(TimeSpan.Zero);
        await AskAsync(stage, book, files);
        Assert.Equal(2, Asked(stage));

        stage.Time.Skip(TimeSpan.FromMinutes(2));
        var late = await AskAsync(stage, book, files);

        Assert.Equal(3, Asked(stage));
        Assert.NotEqual(early[0].Link!.Url, late[0].Link!.Url);
        Assert.Equal((false, true), (late[0].Remembered, late[1].Remembered));
    }

    [Fact]
    public async Task A_file_named_twice_is_asked_for_once_and_one_that_is_gone_fails_alone()
    {
        await using var stage = await Play.StartAsync();
        var (a, b) = (File(stage, "a"), File(stage, "b"));
        stage.Control.RemoveFile(b.Url);

        var outcomes = await AskAsync(stage, new SqliteLinkBook(Path.Combine(stage.Folder.Path, "links.db"), stage.Time), [a, b, a]);

        Assert.Equal([0, 1, 2], outcomes.Select(o => o.Index));
        Assert.Equal(outcomes[0].Link, outcomes[2].Link);
        Assert.IsAssignableFrom<FichierException>(outcomes[1].Error);
        Assert.Equal(2, Asked(stage));
    }

    [Fact]
    public async Task Links_got_with_other_wishes_are_others_and_single_ones_are_never_remembered()
    {
        await using var stage = await Play.StartAsync();
        FileLink[] files = [File(stage, "a")];
        using var book = new SqliteLinkBook(Path.Combine(stage.Folder.Path, "links.db"), stage.Time);
        foreach (var wishes in (DirectLinkOptions[])[new(), new() { Inline = true }, new(), new() { SingleUse = true }, new() { SingleUse = true }])
            await AskAsync(stage, book, files, wishes);

        Assert.Equal(4, Asked(stage));
    }

    [Fact]
    public async Task A_key_that_is_refused_ends_the_run_and_what_came_before_is_given_out()
    {
        await using var stage = await Play.StartAsync();
        var files = Enumerable.Range(0, 30).Select(n => File(stage, $"{n}")).ToArray();
        using var book = new SqliteLinkBook(Path.Combine(stage.Folder.Path, "links.db"), stage.Time);
        var got = new List<DirectLinkOutcome>();

        await Assert.ThrowsAsync<FichierKeyException>(async () =>
        {
            await foreach (var outcome in new DirectLinkRun(stage.Client, book).AskAsync(files))
            {
                got.Add(outcome);
                if (got.Count == 5)
                    stage.Control.DisableKey(SandboxOptions.DefaultKey);
            }
        });

        Assert.InRange(got.Count, 5, 12);
        Assert.All(got, o => Assert.NotNull(o.Link));
        Assert.All(got, o => Assert.NotNull(book.Find(o.File, new DirectLinkOptions(), TimeSpan.Zero)));
    }

    [Fact]
    public async Task The_book_is_for_its_owner_alone_and_a_damaged_one_is_thrown_away()
    {
        await using var stage = await Play.StartAsync();
        FileLink[] files = [File(stage, "a")];
        var path = Path.Combine(stage.Folder.Path, "links.db");
        await System.IO.File.WriteAllTextAsync(path, new string('x', 9000));
        using (var book = new SqliteLinkBook(path, stage.Time))
        {
            await AskAsync(stage, book, files);
            Assert.True((await AskAsync(stage, book, files))[0].Remembered);
        }

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(path));
    }

    /// <summary>A process of its own: nothing is shared but the state folder.</summary>
    private static async Task<List<DirectLinkOutcome>> RunAsync(Play stage, string state, int endsAfter = int.MaxValue)
    {
        using var client = stage.Another(o => o with { StateFolder = state });
        using var index = new SqliteListingStore(Path.Combine(state, "index.db"), stage.Time);
        using var book = new SqliteLinkBook(Path.Combine(state, "links.db"), stage.Time);
        using var interrupt = new CancellationTokenSource();
        var files = (await new RemoteTree(client, index).ListAsync(VolumePath.Root)).Entries.Select(e => e.File!.Link).ToList();
        var outcomes = new List<DirectLinkOutcome>();
        try
        {
            await foreach (var outcome in new DirectLinkRun(client, book).AskAsync(files, interrupt.Token))
            {
                outcomes.Add(outcome);
                if (outcomes.Count == endsAfter)
                    await interrupt.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            Assert.True(outcomes.Count >= endsAfter);
        }

        return outcomes;
    }

    private static async Task<List<DirectLinkOutcome>> AskAsync(Play stage, ILinkBook book, IReadOnlyList<FileLink> files, DirectLinkOptions? wishes = null) =>
        await new DirectLinkRun(stage.Client, book) { Wishes = wishes ?? new DirectLinkOptions() }.AskAsync(files).ToListAsync();

    private static FileLink File(Play stage, string name) => FileLink.Parse(stage.Control.AddFile(name, System.Text.Encoding.UTF8.GetBytes(name)));

    private static long Asked(Play stage) => stage.Control.Counters.Endpoints["download/get_token"];
}

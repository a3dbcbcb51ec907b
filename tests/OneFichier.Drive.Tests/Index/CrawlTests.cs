using OneFichier.Drive.Index;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Index;

public sealed class CrawlTests
{
    private static async Task<Stage> SetAsync(int folders = 20)
    {
        var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "", Folders = folders, Files = 2 * folders, FileSize = 10 });
        return stage;
    }

    [Fact]
    public async Task It_lists_each_folder_once_and_afterwards_nothing_costs_a_request()
    {
        await using var stage = await SetAsync();
        stage.Folder("deep/deeper/deepest");
        var result = await stage.Tree.CrawlAsync();
        Assert.Equal(new CrawlResult(CrawlEnd.Finished, new CrawlProgress(24, 0, 0, 24), null), result);
        Assert.Equal(24, stage.Cost);
        Assert.Equal(24, await stage.Tree.WalkAsync(VolumePath.Root).CountAsync());
        Assert.Equal(0, (await stage.Tree.CrawlAsync()).Progress.Requests);
        Assert.Equal(0, stage.Cost);
    }

    [Fact]
    public async Task It_asks_for_the_oldest_first_and_leaves_the_young_alone()
    {
        await using var stage = await SetAsync(0);
        var (a, b, c) = (stage.Folder("a"), stage.Folder("b"), stage.Folder("c"));
        foreach (var folder in new[] { FolderId.Root, b, a })
        {
            await stage.Tree.ListAsync(folder);
            stage.Time.Advance(600);
        }

        stage.Control.ResetLog();
        await stage.Tree.CrawlAsync(new CrawlOptions { OlderThan = TimeSpan.FromMinutes(15), MaxRequests = 1 });
        Assert.NotNull(stage.Store.StateOf(c));
        await stage.Tree.CrawlAsync(new CrawlOptions { OlderThan = TimeSpan.FromMinutes(15) });
        Assert.Equal(3, stage.Cost);
        Assert.Equal(stage.Time.GetUtcNow().AddSeconds(-600), stage.Store.StateOf(a)!.ListedAt);
        Assert.Equal(stage.Time.GetUtcNow(), stage.Store.StateOf(b)!.ListedAt);
        await stage.Tree.CrawlAsync(new CrawlOptions { OlderThan = TimeSpan.Zero });
        Assert.InRange(stage.Cost, 1, 4);
    }

    [Fact]
    public async Task It_stops_at_its_limit_and_the_next_one_goes_on()
    {
        await using var stage = await SetAsync();
        var first = await stage.Tree.CrawlAsync(new CrawlOptions { MaxRequests = 8, AtOnce = 1 });
        Assert.Equal(new CrawlResult(CrawlEnd.Limit, new CrawlProgress(8, 0, 13, 8), null), first);
        var second = await stage.Tree.CrawlAsync();
        Assert.Equal((CrawlEnd.Finished, 13L), (second.End, second.Progress.Requests));
        Assert.Equal(21, stage.Cost);
    }

    [Fact]
    public async Task It_begins_no_folder_after_its_time()
    {
        await using var stage = await SetAsync();
        var options = new CrawlOptions { MaxDuration = TimeSpan.FromMinutes(1), AtOnce = 1, Progress = new Collector([], () => stage.Time.Advance(20)) };
        var result = await stage.Tree.CrawlAsync(options);
        Assert.Equal((CrawlEnd.Limit, 3), (result.End, result.Progress.Done));
    }

    [Fact]
    public async Task It_begins_where_it_is_told_and_tells_how_far_it_is()
    {
        await using var stage = await SetAsync();
        stage.Folder("here/one");
        stage.Folder("here/two");
        var told = new List<CrawlProgress>();
        var result = await stage.Tree.CrawlAsync(new CrawlOptions { Start = VolumePath.Parse("here"), AtOnce = 1, Progress = new Collector(told) });
        Assert.Equal(3, result.Progress.Done);
        Assert.Equal([1, 2, 3], told.Select(t => t.Done));
        Assert.Equal(0, told[^1].Left);
        Assert.Equal(4, stage.Cost);
        await Assert.ThrowsAsync<PathNotFoundException>(() => stage.Tree.CrawlAsync(new CrawlOptions { Start = VolumePath.Parse("nowhere") }));
    }

    [Fact]
    public async Task A_failure_leaves_what_was_remembered_and_many_in_a_row_end_it()
    {
        await using var stage = await SetAsync();
        await stage.Tree.CrawlAsync();
        stage.Time.Advance(7200);
        stage.Control.ResetLog();
        stage.Control.FailNext(FaultKind.Error, count: 1);
        var one = await stage.Tree.CrawlAsync(new CrawlOptions { AtOnce = 1, MaxRequests = 5 });
        Assert.Equal((CrawlEnd.Limit, 4, 1, 17), (one.End, one.Progress.Done, one.Progress.Failed, one.Progress.Left));
        stage.Control.FailNext(FaultKind.Error, count: 10);
        var many = await stage.Tree.CrawlAsync(new CrawlOptions { AtOnce = 1 });
        Assert.Equal((CrawlEnd.Failing, 3), (many.End, many.Progress.Failed));
        Assert.IsType<FichierUnavailableException>(many.Failure);
        stage.Control.ResetFaults();
        Assert.Equal(40, await stage.Tree.WalkAsync(VolumePath.Root, Refresh.Never).SelectMany(v => v.Entries).CountAsync(e => !e.IsFolder));
        Assert.Equal(CrawlEnd.Finished, (await stage.Tree.CrawlAsync()).End);
    }

    [Fact]
    public async Task A_folder_that_vanished_is_passed_over()
    {
        await using var stage = await SetAsync(3);
        stage.File("lost/below/a.txt");
        await stage.Tree.CrawlAsync();
        stage.Control.RemoveFolder("lost");
        stage.Time.Advance(7200);
        var result = await stage.Tree.CrawlAsync(new CrawlOptions { AtOnce = 1 });
        Assert.Equal((CrawlEnd.Finished, 0), (result.End, result.Progress.Failed));
        Assert.Null(await stage.Tree.FindAsync(VolumePath.Parse("lost")));
        Assert.Equal(4, await stage.Tree.WalkAsync(VolumePath.Root, Refresh.Never).CountAsync());
    }

    [Fact]
    public async Task Called_off_it_keeps_what_it_has()
    {
        await using var stage = await SetAsync();
        using var end = new CancellationTokenSource();
        var told = new List<CrawlProgress>();
        var options = new CrawlOptions { AtOnce = 1, Progress = new Collector(told, () => end.Cancel()) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Tree.CrawlAsync(options, end.Token));
        await stage.Tree.CrawlAsync();
        Assert.Equal(21, stage.Cost);
    }

    [Fact]
    public async Task Two_at_once_share_the_work()
    {
        using var folder = new TempFolder();
        await using var stage = await SetAsync(150);
        using var one = new SqliteListingStore(folder["index.db"], stage.Time);
        using var two = new SqliteListingStore(folder["index.db"], stage.Time);
        var results = await Task.WhenAll(new[] { one, two }.Select((store, n) => stage.NewTree(store).CrawlAsync(new CrawlOptions { Seed = n })));
        Assert.All(results, r => Assert.Equal(CrawlEnd.Finished, r.End));
        Assert.InRange(stage.Cost, 151, 151 + 40);
        Assert.All(results, r => Assert.InRange(r.Progress.Requests, 20, 151));
        Assert.Equal(0, one.Due(FolderId.Root, stage.Time.GetUtcNow(), 1).Total);
    }

    private sealed class Collector(List<CrawlProgress> told, Action? then = null) : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value)
        {
            told.Add(value);
            then?.Invoke();
        }
    }
}

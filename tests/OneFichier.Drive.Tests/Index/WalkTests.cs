using OneFichier.Drive.Index;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Index;

public sealed class WalkTests
{
    private static async Task<Stage> SetAsync(params string[] folders)
    {
        var stage = await Stage.SetAsync();
        foreach (var folder in folders)
            stage.Folder(folder);
        return stage;
    }

    [Theory]
    [InlineData(Refresh.WhenOld, 0)]
    [InlineData(Refresh.Never, 0)]
    [InlineData(Refresh.Always, 41)]
    public async Task A_cold_walk_costs_a_request_a_folder_and_a_warm_one_what_was_asked_for(Refresh refresh, int again)
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "deep/below", Folders = 38, Files = 80, FileSize = 10 });
        Assert.Equal(41, await stage.Tree.WalkAsync(VolumePath.Root, refresh).CountAsync());
        Assert.Equal(41, stage.Cost);
        Assert.Equal(41, await stage.Tree.WalkAsync(VolumePath.Root, refresh).CountAsync());
        Assert.Equal(again, stage.Cost);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task The_order_does_not_depend_on_how_many_are_asked_for_ahead(int ahead)
    {
        await using var stage = await SetAsync("c/1", "c/2/x", "a/9", "a/10/y/z", "b", "d/e/f/g");
        var tree = stage.NewTree(options: new RemoteTreeOptions { WalkAhead = ahead });
        var order = await tree.WalkAsync(VolumePath.Root).Select(v => v.Path.ToString()).ToListAsync();
        Assert.Equal(["", "a", "a/10", "a/10/y", "a/10/y/z", "a/9", "b", "c", "c/1", "c/2", "c/2/x", "d", "d/e", "d/e/f", "d/e/f/g"], order);
        Assert.Equal(15, stage.Cost);
    }

    [Fact]
    public async Task The_next_folders_are_asked_for_before_the_first_has_answered()
    {
        await using var stage = await SetAsync([.. Enumerable.Range(0, 12).Select(n => $"f{n:D2}")]);
        var (hand, tree, client) = HeldBack.Over(stage, together: 4);
        using (client)
        {
            Assert.Equal(13, await tree.WalkAsync(VolumePath.Root).CountAsync());
            Assert.Equal(4, hand.Most);
            Assert.Equal(13, stage.Cost);
        }
    }

    [Fact]
    public async Task A_walk_that_is_left_early_leaves_no_request_behind()
    {
        await using var stage = await SetAsync([.. Enumerable.Range(0, 12).Select(n => $"f{n:D2}")]);
        var (hand, tree, client) = HeldBack.Over(stage, together: 99, stage.Folder("f00"));
        using (client)
        {
            await foreach (var view in tree.WalkAsync(VolumePath.Root))
            {
                if (view.Path.ToString() == "f00")
                    break;
            }

            await hand.QuietAsync(TestContext.Current.CancellationToken);
            Assert.Equal(2, stage.Cost);
        }
    }

    [Fact]
    public async Task A_walk_that_is_called_off_ends_at_once()
    {
        await using var stage = await SetAsync("a", "b", "c");
        using var end = new CancellationTokenSource();
        var (hand, tree, client) = HeldBack.Over(stage, together: 3);
        hand.Opens = false;
        using (client)
        {
            var walk = Task.Run(() => tree.WalkAsync(VolumePath.Root, cancellationToken: end.Token).CountAsync(CancellationToken.None).AsTask(), TestContext.Current.CancellationToken);
            await hand.Full.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => walk);
            await hand.QuietAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_folder_that_vanishes_is_left_out_and_the_others_are_shown()
    {
        await using var stage = await SetAsync("a", "b/deep", "c");
        var seen = new List<string>();
        var tree = stage.NewTree(options: new RemoteTreeOptions { WalkAhead = 1 });
        await foreach (var view in tree.WalkAsync(VolumePath.Root))
        {
            if (seen.Count == 0)
                stage.Control.RemoveFolder("b");
            seen.Add(view.Path.ToString());
        }

        Assert.Equal(["", "a", "c"], seen);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_listed_ends_the_walk_in_its_turn_and_not_before()
    {
        await using var stage = await SetAsync("a", "b", "c", "d");
        var seen = new List<string>();
        await Assert.ThrowsAsync<FichierUnavailableException>(async () =>
        {
            await foreach (var view in stage.NewTree(options: new RemoteTreeOptions { WalkAhead = 0 }).WalkAsync(VolumePath.Root))
            {
                seen.Add(view.Path.ToString());
                if (seen.Count == 2)
                    stage.Control.FailNext(FaultKind.Error, count: 4);
            }
        });
        Assert.Equal(["", "a"], seen);
    }

    [Fact]
    public async Task What_became_old_while_a_large_sibling_was_walked_is_asked_for_again()
    {
        await using var stage = await SetAsync("a/deep", "b");
        var walked = new List<FolderView>();
        await foreach (var view in stage.Tree.WalkAsync(VolumePath.Root))
        {
            walked.Add(view);
            if (view.Path.ToString() == "a/deep")
                stage.Time.Advance(400);
        }

        Assert.All(walked.Where(v => v.Path.ToString() == "b"), v => Assert.Equal(stage.Time.GetUtcNow(), v.ListedAt));
    }
}

/// <summary>What walking costs the machine. Alone, because it weighs the whole process.</summary>
[Collection(nameof(Sync.Planning.PlanGrowthTests.Alone))]
public sealed class WalkMemoryTests
{
    [Fact]
    public async Task Walking_two_hundred_thousand_files_keeps_one_folder_in_memory()
    {
        using var folder = new TempFolder();
        await using var stage = await Stage.SetAsync();
        using var store = new SqliteListingStore(folder["index.db"], stage.Time);
        ManyFiles.Remember(store, stage.Time.GetUtcNow(), folders: 2_000, files: 100);
        var (files, folders, most) = (0, 0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var view in stage.NewTree(store).WalkAsync(VolumePath.Root, Refresh.Never))
        {
            files += view.Entries.Count(e => !e.IsFolder);
            if (++folders % 200 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal((200_000, 2_000), (files, folders));
        Assert.Equal(0, stage.Cost);
        Assert.True(most < 8 << 20, $"{most >> 20} MiB were alive at once");
    }
}

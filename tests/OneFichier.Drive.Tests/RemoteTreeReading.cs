using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests;

public sealed class RemoteTreeReading
{
    [Fact]
    public async Task A_folder_costs_one_request_the_first_time_and_none_after()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a.txt");
        stage.Folder("docs");
        var view = await stage.Tree.ListAsync(VolumePath.Root);
        Assert.Equal(["a.txt", "docs"], view.Entries.Select(e => e.Name));
        Assert.Equal(1, stage.Cost);
        stage.Time.Advance(299);
        await stage.Tree.ListAsync(VolumePath.Root);
        Assert.NotNull(await stage.Tree.FindAsync(VolumePath.Parse("a.txt")));
        Assert.Equal(0, stage.Cost);
        stage.Time.Advance(2);
        await stage.Tree.ListAsync(VolumePath.Root);
        Assert.Equal(1, stage.Cost);
    }

    [Fact]
    public async Task A_walk_costs_one_request_a_folder_and_none_when_repeated()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "", Folders = 20, Files = 100, FileSize = 10 });
        var views = await stage.Tree.WalkAsync(VolumePath.Root).ToListAsync();
        Assert.Equal(21, views.Count);
        Assert.Equal(100, views.Sum(v => v.Entries.Count(e => !e.IsFolder)));
        Assert.Equal(21, stage.Cost);
        Assert.Equal(21, await stage.Tree.WalkAsync(VolumePath.Root).CountAsync());
        Assert.Equal(0, stage.Cost);
    }

    [Fact]
    public async Task A_run_that_wants_everything_anew_lists_each_folder_once()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "", Folders = 5, Files = 10, FileSize = 10 });
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        stage.Time.Advance(40);
        var anew = stage.NewTree(stage.Store, new RemoteTreeOptions { FreshSince = stage.Time.GetUtcNow() });
        stage.Time.Advance(1);
        Assert.Equal(6, stage.Cost);
        await anew.WalkAsync(VolumePath.Root).CountAsync();
        await anew.WalkAsync(VolumePath.Root).CountAsync();
        Assert.Equal(6, stage.Cost);
    }

    [Fact]
    public async Task A_walk_goes_depth_first_and_by_name()
    {
        await using var stage = await Stage.SetAsync();
        foreach (var path in new[] { "b/x", "a/z/deep", "a/y" })
            stage.Folder(path);
        var order = await stage.Tree.WalkAsync(VolumePath.Root).Select(v => v.Path.ToString()).ToListAsync();
        Assert.Equal(["", "a", "a/y", "a/z", "a/z/deep", "b", "b/x"], order);
    }

    [Fact]
    public async Task Ten_callers_who_want_one_folder_share_one_request()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.FailNext(FaultKind.Slow);
        var views = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => stage.Tree.ListAsync(VolumePath.Root)));
        Assert.All(views, v => Assert.False(v.Stale));
        Assert.Equal(1, stage.Cost);
    }

    [Fact]
    public async Task Absence_is_proven_by_one_request_when_the_listing_is_older_than_half_a_minute()
    {
        await using var stage = await Stage.SetAsync();
        stage.Folder("docs");
        Assert.Null(await stage.Tree.FindAsync(VolumePath.Parse("docs/new.txt")));
        Assert.Equal(2, stage.Cost);
        stage.Time.Advance(20);
        Assert.Null(await stage.Tree.FindAsync(VolumePath.Parse("docs/new.txt")));
        Assert.Equal(0, stage.Cost);
        stage.File("docs/new.txt");
        stage.Time.Advance(20);
        Assert.NotNull(await stage.Tree.FindAsync(VolumePath.Parse("docs/new.txt")));
        Assert.Equal(1, stage.Cost);
    }

    [Fact]
    public async Task A_folder_that_was_replaced_behind_our_back_is_found_by_asking_above_it()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a/b/old.txt");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        stage.Control.RemoveFolder("a");
        stage.File("a/b/new.txt");
        stage.Time.Advance(60);
        _ = stage.Cost;
        Assert.NotNull(await stage.Tree.FindAsync(VolumePath.Parse("a/b/new.txt")));
        Assert.Equal(5, stage.Cost);
    }

    [Fact]
    public async Task A_failed_listing_is_the_last_good_one_marked_stale_and_proves_no_absence()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a.txt");
        await stage.Tree.ListAsync(VolumePath.Root);
        stage.Time.Advance(600);
        stage.Control.FailNext(FaultKind.Flood, count: 2);
        var view = await stage.Tree.ListAsync(VolumePath.Root);
        Assert.True(view.Stale);
        Assert.IsType<FichierFloodException>(view.Failure);
        Assert.Equal("a.txt", Assert.Single(view.Entries).Name);
        await Assert.ThrowsAsync<FichierFloodException>(() => stage.Tree.FindAsync(VolumePath.Parse("b.txt")));
        stage.Control.ResetFaults();
        stage.Time.Advance(600);
        Assert.Null(await stage.Tree.FindAsync(VolumePath.Parse("b.txt")));
    }

    [Fact]
    public async Task A_failed_first_listing_throws()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.FailNext(FaultKind.Error);
        await Assert.ThrowsAsync<FichierUnavailableException>(() => stage.Tree.ListAsync(VolumePath.Root));
    }

    [Fact]
    public async Task The_newest_file_of_a_name_is_shown_and_all_are_kept()
    {
        await using var stage = await Stage.SetAsync();
        var old = stage.File("a.txt", "old");
        stage.Time.Advance(2);
        var late = stage.File("a.txt", "late");
        var view = await stage.Tree.ListAsync(VolumePath.Root);
        Assert.Equal(late, Assert.Single(view.Entries).File!.Link);
        Assert.Equal([late, old], view.All.Select(e => e.File!.Link));
        Assert.Equal([late, old], (await stage.Tree.FindAllAsync(VolumePath.Parse("a.txt"))).Select(e => e.File!.Link));
    }

    [Fact]
    public async Task What_is_missing_is_named_by_its_kind()
    {
        await using var stage = await Stage.SetAsync();
        var folder = await Assert.ThrowsAsync<PathNotFoundException>(() => stage.Tree.ListAsync(VolumePath.Parse("no/such")));
        Assert.Equal(EntryKind.Folder, folder.Kind);
        var file = await Assert.ThrowsAsync<PathNotFoundException>(() => stage.Tree.GetFileAsync(VolumePath.Parse("no.txt")));
        Assert.Equal(EntryKind.File, file.Kind);
    }

    [Fact]
    public async Task A_path_may_start_at_a_number()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a/b/c.txt");
        var start = RemotePath.Parse($"id:{stage.Folder("a/b")}");
        Assert.Equal("c.txt", Assert.Single((await stage.Tree.ListAsync(start)).Entries).Name);
        Assert.Equal(1, stage.Cost);
        Assert.NotNull(await stage.Tree.FindAsync(start.Combine("c.txt")));
        await Assert.ThrowsAsync<PathNotFoundException>(() => stage.Tree.ListAsync(new FolderId(987654)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_larger_than_a_listing_is_completed_by_date_windows(bool exclusive)
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { ExclusiveWindows = exclusive }, limits: SandboxLimits.None with { ListingCap = FileListing.Limit });
        for (var part = 0; part < 4; part++)
        {
            stage.Control.Seed(new SandboxSeed { Into = "big", Folders = 0, Files = 3000, FileSize = 1, Seed = (ulong)part * 10_000 });
            stage.Time.Advance(60);
        }

        var view = await stage.Tree.ListAsync(VolumePath.Parse("big"));
        Assert.True(view.Complete);
        Assert.Equal(12_000, view.All.Count);
        Assert.InRange(stage.Cost, 3, 12);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_completed_says_so()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "big", Folders = 0, Files = 6000, FileSize = 1 });
        var view = await stage.Tree.ListAsync(VolumePath.Parse("big"));
        Assert.False(view.Complete);
        Assert.Equal(5000, view.All.Count);
        _ = stage.Cost;
        Assert.NotNull(await stage.Tree.FindAsync(VolumePath.Parse("big/file-005999.bin")));
        Assert.Null(await stage.Tree.FindAsync(VolumePath.Parse("big/none")));
        Assert.Equal(2, stage.Cost);
    }

    [Fact]
    public async Task A_hundred_thousand_files_are_looked_up_without_a_request()
    {
        var folder = Directory.CreateTempSubdirectory("fichier-large-").FullName;
        await using var stage = await Stage.SetAsync();
        using (var store = new Drive.Index.SqliteListingStore(Path.Combine(folder, "index.db"), stage.Time))
        {
            Remember100000(store, stage.Time.GetUtcNow());
            var tree = stage.NewTree(store);
            var random = new Random(11);
            for (var n = 0; n < 2000; n++)
            {
                var (f, i) = (random.Next(100), random.Next(1000));
                Assert.Equal(i, (await tree.GetFileAsync(VolumePath.Parse($"f{f:D3}/n{i:D4}"))).File!.Size);
            }

            Assert.Equal(100_000, await tree.WalkAsync(VolumePath.Root).Select(v => v.Entries.Count(e => !e.IsFolder)).SumAsync());
            Assert.Equal(0, stage.Cost);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_slash_in_a_stored_name_is_no_way_down()
    {
        await using var stage = await Stage.SetAsync();
        var slash = stage.File("a\uff0fb");
        var quoted = stage.File("c\u201b\uff0fd");
        var view = await stage.Tree.ListAsync(VolumePath.Root);
        Assert.Equal(["a\uff0fb", "c\u201b\uff0fd"], view.Entries.Select(e => e.Name));
        foreach (var entry in view.Entries)
            Assert.Equal(entry, await stage.Tree.FindAsync(entry.Path));
        Assert.Equal([slash, quoted], view.Entries.Select(e => e.File!.Link));
        await stage.Tree.MoveAsync(view.Entries[0].Path, VolumePath.Parse("e\uff0ff"));
        Assert.Equal(["c\u201b\uff0fd", "e\uff0ff"], stage.Everything());
    }

    private static void Remember100000(IListingStore store, DateTimeOffset now)
    {
        var folders = Enumerable.Range(0, 100).Select(f => new RemoteFolder { Id = new FolderId(1000 + f), Name = $"f{f:D3}", StoredName = $"f{f:D3}" }).ToList();
        store.Put(new FolderSnapshot(FolderId.Root, now, folders, []), TimeSpan.Zero);
        foreach (var folder in folders)
        {
            var files = Enumerable.Range(0, 1000).Select(n => new ListedFile(new RemoteFile
            {
                Link = FileLink.FromId($"{folder.Id}x{n:D4}"),
                Name = $"n{n:D4}",
                StoredName = $"n{n:D4}",
                Size = n,
                Checksum = WhirlpoolHash.Empty,
            }));
            store.Put(new FolderSnapshot(folder.Id, now, [], [.. files]), TimeSpan.Zero);
        }
    }
}

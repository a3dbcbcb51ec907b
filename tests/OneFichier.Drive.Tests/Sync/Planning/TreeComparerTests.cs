using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>How two trees are walked, and what follows from listings that cannot be relied on.</summary>
public sealed class TreeComparerTests
{
    private static readonly SyncOptions Sync = new() { Kind = SyncKind.Sync };
    private static readonly string[] Both = ["a/same", "a/deep/same", "b/same"];

    [Fact]
    public async Task Folders_come_each_before_those_in_it_and_siblings_by_name()
    {
        var source = await Trees.OfAsync("b/x/1", "a/z/1", "a/b/1", "c", "B/1");
        var folders = await new TreeComparer(new SyncTree(source), new SyncTree(await Trees.OfAsync()), TreeFilter.Everything).CompareAsync().ToListAsync();
        Assert.Equal(["", "B", "a", "a/b", "a/z", "b", "b/x"], folders.Select(f => f.Path.ToString()));
    }

    [Fact]
    public async Task A_folder_that_the_destination_lacks_is_not_asked_for()
    {
        var destination = new ScriptedVolume(await Trees.OfAsync("a/x"));
        await Trees.PlanAsync(await Trees.OfAsync("a/x", "n/m/x", "n/y"), destination, Sync);
        Assert.Equal(["", "a"], destination.Listed);
        Assert.Equal(0, destination.Found);
    }

    [Fact]
    public async Task Few_folders_are_under_way_at_once()
    {
        var gate = new Gate(await Trees.OfAsync([.. Enumerable.Range(0, 200).Select(i => $"d{i:000}/x")]));
        await foreach (var _ in new TreeComparer(new SyncTree(gate), new SyncTree(await Trees.OfAsync()), TreeFilter.Everything) { Ahead = 4 }.CompareAsync())
            Assert.True(gate.Begun <= gate.Given + 6, $"{gate.Begun} begun, {gate.Given} given");
        Assert.Equal(201, gate.Given);
    }

    [Fact]
    public async Task A_source_folder_that_cannot_be_listed_is_noted_and_the_destinations_is_left_alone()
    {
        var source = new ScriptedVolume(await Trees.OfAsync(Both)) { Folders = { ["a"] = _ => throw new IOException("bad disk") } };
        var destination = await Trees.OfAsync([.. Both, "a/old", "a/deep/old", "b/old"]);
        var plan = await Trees.PlanAsync(source, destination, Sync);
        Assert.Equal(["b/old"], plan.RemovedFiles.Select(f => f.Path.ToString()));
        Assert.Empty(plan.Transfers);
        var note = Assert.Single(plan.Notes);
        Assert.Equal(("a", "bad disk"), (note.Path.ToString(), note.Error!.Message));
    }

    [Fact]
    public async Task A_file_does_not_give_way_to_a_folder_that_cannot_be_listed()
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a/x")) { Folders = { ["a"] = _ => throw new IOException("bad disk") } };
        var plan = await Trees.PlanAsync(source, await Trees.OfAsync("a=file"), Sync);
        Assert.True(plan.IsEmpty);
        Assert.Equal(["a", "a"], plan.Notes.Select(n => n.Path.ToString()));
    }

    [Fact]
    public async Task A_destination_folder_that_cannot_be_listed_gets_nothing()
    {
        var destination = new ScriptedVolume(await Trees.OfAsync(Both)) { Folders = { ["a"] = _ => throw new FichierUnavailableException("down") } };
        var plan = await Trees.PlanAsync(await Trees.OfAsync("a/new", "a/deep/new", "b/same", "b/new"), destination, Sync);
        Assert.Equal(["b/new"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Empty(plan.RemovedFiles);
        Assert.IsType<FichierUnavailableException>(Assert.Single(plan.Notes).Error);
    }

    [Fact]
    public async Task A_source_known_from_an_old_listing_replaces_and_removes_nothing_at_any_depth()
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a/same", "a/new", "a/other=1", "a/deep/same")) { Folders = { ["a"] = Old } };
        var plan = await Trees.PlanAsync(source, await Trees.OfAsync("a/same", "a/other=22", "a/old", "a/deep/same", "a/deep/old", "a/gone/x"), Sync);
        Assert.Equal(["a/new"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Empty(plan.RemovedFiles);
        Assert.Empty(plan.RemovedFolders);
        Assert.Equal(["a", "a/other"], plan.Notes.Where(n => n.Error is not null).Select(n => n.Path.ToString()));
    }

    [Fact]
    public async Task A_destination_known_from_an_old_listing_is_not_touched_and_counts_as_nothing_proven()
    {
        var destination = new ScriptedVolume(await Trees.OfAsync("a/same", "a/deep/same")) { Folders = { ["a"] = Old } };
        var plan = await Trees.PlanAsync(await Trees.OfAsync("a/same", "a/new", "a/deep/same"), destination, new SyncOptions { Kind = SyncKind.Move });
        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.Unchanged);
        Assert.NotNull(Assert.Single(plan.Notes).Error);
    }

    [Fact]
    public async Task What_an_incomplete_source_does_not_show_is_not_removed()
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a/x", "b")) { Folders = { ["a"] = c => c with { Complete = false } } };
        var plan = await Trees.PlanAsync(source, await Trees.OfAsync("a/x=other", "a/hidden", "a/hidden2/y"), Sync);
        Assert.Equal(["a/x", "b"], plan.Transfers.Select(t => t.Target.ToString()).Order());
        Assert.Empty(plan.RemovedFiles);
        Assert.Empty(plan.RemovedFolders);
        Assert.NotNull(Assert.Single(plan.Notes).Error);
    }

    [Fact]
    public async Task What_an_incomplete_destination_does_not_show_is_looked_for()
    {
        var destination = new ScriptedVolume(await Trees.OfAsync("a/x", "a/hidden=same", "a/differs=1", "a/old", "a/f/same"))
        {
            Folders = { ["a"] = c => c with { Complete = false, Entries = [.. c.Entries.Where(e => e.Name is "x" or "old")] } },
        };
        var plan = await Trees.PlanAsync(await Trees.OfAsync("a/x", "a/hidden=same", "a/differs=22", "a/new", "a/f/same", "a/g/new"), destination, Sync);
        Assert.Equal(["a/differs", "a/g/new", "a/new"], plan.Transfers.Select(t => t.Target.ToString()).Order());
        Assert.Equal("a/differs", Assert.Single(plan.Transfers, t => t.Replaces is not null).Target.ToString());
        Assert.Equal(["a/g"], plan.Folders.Select(f => f.ToString()));
        Assert.Empty(plan.RemovedFiles);
        Assert.Equal(5, destination.Found);
    }

    [Fact]
    public async Task The_root_of_either_side_must_be_listed()
    {
        var broken = new ScriptedVolume(await Trees.OfAsync()) { Folders = { [""] = _ => throw new IOException("bad disk") } };
        await Assert.ThrowsAsync<IOException>(async () => await Trees.PlanAsync(broken, await Trees.OfAsync()));
        await Assert.ThrowsAsync<IOException>(async () => await Trees.PlanAsync(await Trees.OfAsync("a"), broken));
        var tree = new SyncTree(await Trees.OfAsync(), VolumePath.Parse("none"));
        await Assert.ThrowsAsync<PathNotFoundException>(() => new SyncPlanner(tree, new SyncTree(new MemoryVolume()), Sync).PlanAsync());
    }

    [Fact]
    public async Task A_destination_that_is_not_there_yet_is_made()
    {
        var plan = await new SyncPlanner(new SyncTree(await Trees.OfAsync("a/x")), new SyncTree(new MemoryVolume(), VolumePath.Parse("new/place")), Sync).PlanAsync();
        Assert.Equal(["new/place", "new/place/a"], plan.Folders.Select(f => f.ToString()));
        Assert.Equal("new/place/a/x", Assert.Single(plan.Transfers).Target.ToString());
    }

    [Fact]
    public async Task An_account_that_is_refused_ends_the_walk()
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a/x")) { Folders = { ["a"] = _ => throw new FichierKeyException("no") } };
        await Assert.ThrowsAsync<FichierKeyException>(async () => await Trees.PlanAsync(source, new MemoryVolume()));
    }

    [Fact]
    public async Task Remarks_of_listings_are_passed_on()
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a/x")) { Folders = { ["a"] = c => c with { Notes = ["Two files are called 'x'."] } } };
        var note = Assert.Single((await Trees.PlanAsync(source, new MemoryVolume())).Notes);
        Assert.Equal(("a", "Two files are called 'x'.", null), (note.Path.ToString(), note.Text, note.Error));
    }

    [Fact]
    public async Task A_folder_with_the_marker_is_left_out_on_both_sides()
    {
        var options = Sync with { EmptyFolders = true, Filter = new FilterBuilder(TimeProvider.System).Build(new FilterFlags { ExcludeIfPresent = [".no"] }) };
        var plan = await Trees.PlanAsync(await Trees.OfAsync("a/.no", "a/x", "b/.no", "c/y"), await Trees.OfAsync("a/old", "c/.no", "c/old", "d/.no", "d/old"), options);
        Assert.Equal(["c/y"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Empty(plan.RemovedFiles);
        Assert.Empty(plan.RemovedFolders);
        Assert.Empty(plan.Folders);
    }

    private static FolderContents Old(FolderContents contents) => contents with { Failure = new FichierUnavailableException("down") };

    private sealed class Gate(IVolume inner) : VolumeDecorator(inner)
    {
        public int Begun { get; private set; }

        public int Given { get; private set; }

        public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
        {
            Begun++;
            var contents = await base.ListAsync(folder, cancellationToken);
            Given++;
            return contents;
        }
    }
}

using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>What a plan says of two small trees.</summary>
public sealed class PlannerTests
{
    private static readonly SyncOptions Sync = new() { Kind = SyncKind.Sync };

    [Fact]
    public async Task A_copy_sends_what_is_missing_or_differs_and_removes_nothing()
    {
        var plan = await PlanAsync(["same", "new/deep/x", "other=1"], ["same", "other=22", "old"]);
        Assert.Equal(["other", "new/deep/x"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Equal(["other", ""], plan.Transfers.Select(t => t.Replaces?.Path.ToString() ?? ""));
        Assert.Equal(["new", "new/deep"], plan.Folders.Select(f => f.ToString()));
        Assert.Equal(["same"], plan.Unchanged.Select(e => e.Name));
        Assert.Equal(3, plan.SourceFiles);
        Assert.Empty(plan.RemovedFiles);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task A_sync_removes_files_and_then_the_folders_above_them()
    {
        var plan = await PlanAsync(["a"], ["a", "old/deep/x", "old/y", "empty/"], Sync);
        Assert.Equal(["old/deep/x", "old/y"], plan.RemovedFiles.Select(e => e.Path.ToString()).Order());
        Assert.Equal(["old/deep", "old", "empty"], plan.RemovedFolders.Select(f => f.ToString()));
        Assert.True((await PlanAsync(["a"], ["a"], Sync)).IsEmpty);
    }

    [Fact]
    public async Task What_a_filter_leaves_out_is_neither_sent_nor_removed_and_keeps_its_folders()
    {
        var options = Sync with { Filter = Trees.Filter("- *.log", "- /cache/**") };
        var plan = await PlanAsync(["a.log", "b"], ["old/x.log", "old/y", "cache/z", "gone/w", "c.log"], options);
        Assert.Equal(["b"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Equal(["gone/w", "old/y"], plan.RemovedFiles.Select(e => e.Path.ToString()).Order());
        Assert.Equal(["gone"], plan.RemovedFolders.Select(f => f.ToString()));
    }

    [Fact]
    public async Task A_source_file_that_is_too_large_for_the_filter_does_not_cost_the_one_that_is_there()
    {
        var limit = new FilterBuilder(TimeProvider.System).Build(new FilterFlags { MaxSize = "3B" });
        Assert.True((await PlanAsync(["a=grown"], ["a=old"], Sync with { Filter = limit })).IsEmpty);
    }

    [Theory]
    [InlineData(SyncKind.Copy)]
    [InlineData(SyncKind.Move)]
    [InlineData(SyncKind.Sync)]
    public async Task Only_a_sync_walks_what_only_the_destination_has(SyncKind kind)
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a/x", "new/deep/y"));
        var destination = new ScriptedVolume(await Trees.OfAsync("a/x", "old/y"));
        await Trees.PlanAsync(source, destination, new SyncOptions { Kind = kind });
        Assert.Equal(["", "a", "new", "new/deep"], source.Listed);
        Assert.Equal(kind == SyncKind.Sync ? ["", "a", "old"] : ["", "a"], destination.Listed);
    }

    [Fact]
    public async Task Empty_folders_are_made_when_asked_for()
    {
        Assert.Empty((await PlanAsync(["e/f/"], [])).Folders);
        Assert.Equal(["e", "e/f"], (await PlanAsync(["e/f/"], [], new SyncOptions { EmptyFolders = true })).Folders.Select(f => f.ToString()));
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_folder_is_cleared_by_a_sync_and_reported_otherwise()
    {
        var plan = await PlanAsync(["x/a", "y"], ["x=file", "y/deep/b", "y/c"], Sync);
        Assert.Equal(["x", "y/c", "y/deep/b", "y/deep", "y"], plan.Cleared.Select(e => e.Path.ToString()).OrderBy(p => p == "y").ThenBy(p => p == "y/deep").ThenBy(p => p, StringComparer.Ordinal));
        Assert.Equal(["y/deep", "y"], plan.Cleared.Where(e => e.IsFolder).Select(e => e.Path.ToString()));
        Assert.Equal(["x/a", "y"], plan.Transfers.Select(t => t.Target.ToString()).Order());
        Assert.Empty(plan.RemovedFiles);
        Assert.Empty(plan.RemovedFolders);

        var copy = await PlanAsync(["x/a", "x/z/b", "y"], ["x=file", "y/c"]);
        Assert.Empty(copy.Transfers);
        Assert.Empty(copy.Folders);
        Assert.Equal(["x", "y"], copy.Notes.Select(n => n.Path.ToString()));
        Assert.All(copy.Notes, n => Assert.IsType<NameTakenException>(n.Error));
        Assert.All(copy.Notes, n => Assert.Contains("use sync", n.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_in_the_way_that_holds_what_the_filter_leaves_out_stays()
    {
        var plan = await PlanAsync(["y"], ["y/a.log", "y/b"], Sync with { Filter = Trees.Filter("- *.log") });
        Assert.Empty(plan.Cleared);
        Assert.Empty(plan.Transfers);
        Assert.Equal(["y/b"], plan.RemovedFiles.Select(e => e.Path.ToString()));
        Assert.Equal("y", Assert.Single(plan.Notes).Path.ToString());
    }

    [Fact]
    public async Task A_name_that_something_left_out_has_already_is_not_sent()
    {
        var plan = await PlanAsync(["b", "x.log/a", "c"], ["b/inside", "x.log=file"], Sync with { Filter = Trees.Filter("- /b/**", "- x.log") });
        Assert.Equal(["c"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Empty(plan.Folders);
        Assert.Equal(["b", "x.log"], plan.Notes.Select(n => n.Path.ToString()));
        Assert.All(plan.Notes, n => Assert.IsType<NameTakenException>(n.Error));
    }

    [Fact]
    public async Task More_deletes_than_allowed_are_none()
    {
        var plan = await PlanAsync(["n", "x/a"], ["old/a", "old/b", "x=file"], Sync with { MaxDelete = 2 });
        Assert.True(plan.TooManyDeletes);
        Assert.Empty(plan.RemovedFiles);
        Assert.Empty(plan.RemovedFolders);
        Assert.Empty(plan.Cleared);
        Assert.Empty(plan.Folders);
        Assert.Equal(["n"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.NotNull(Assert.Single(plan.Notes).Error);

        var allowed = await PlanAsync(["n", "x/a"], ["old/a", "old/b", "x=file"], Sync with { MaxDelete = 3 });
        Assert.False(allowed.TooManyDeletes);
        Assert.Equal(2, allowed.RemovedFiles.Count);
    }

    [Fact]
    public async Task A_renamed_file_is_moved_and_the_same_name_elsewhere_is_preferred()
    {
        var tracking = Sync with { TrackRenames = true };
        var plan = await PlanAsync(["dir/a=content", "dir/b=content", "new"], ["old/b=content", "old/x=content", "gone"], tracking);
        Assert.Equal(["old/b>dir/b", "old/x>dir/a"], plan.Renames.Select(r => $"{r.From}>{r.To}").Order());
        Assert.Equal(["new"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Equal(["gone"], plan.RemovedFiles.Select(e => e.Path.ToString()));
        Assert.Equal(["dir"], plan.Folders.Select(f => f.ToString()));
        Assert.Equal(["old"], plan.RemovedFolders.Select(f => f.ToString()));
    }

    [Fact]
    public async Task Tracking_renames_reads_only_files_of_sizes_on_both_sides()
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a=123", "b=12345", "c=1234567")) { Shows = e => e with { Checksum = null } };
        var destination = new ScriptedVolume(await Trees.OfAsync("x=999", "y=12345", "z=12")) { Shows = e => e with { Checksum = null } };
        var plan = await Trees.PlanAsync(source, destination, Sync with { TrackRenames = true });
        Assert.Equal(["y>b"], plan.Renames.Select(r => $"{r.From}>{r.To}"));
        Assert.Equal((2, 2), (source.Hashed, destination.Hashed));
    }

    [Fact]
    public async Task A_rename_gives_the_file_the_new_time_too()
    {
        var (source, destination) = (await Trees.OfAsync(), await Trees.OfAsync());
        await source.WriteAsync("n=1", Trees.Then.AddDays(1));
        await destination.WriteAsync("o=1");
        var time = Assert.Single((await Trees.PlanAsync(source, destination, Sync with { TrackRenames = true })).Times);
        Assert.Equal(("n", Trees.Then.AddDays(1)), (time.File.Path.ToString(), time.ModTime));
    }

    [Fact]
    public async Task A_copy_says_that_it_tracks_no_renames() =>
        Assert.Contains("sync only", Assert.Single((await PlanAsync(["a=1"], ["b=1"], new SyncOptions { TrackRenames = true })).Notes).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_backup_takes_a_file_under_its_path_from_the_root()
    {
        var volume = await Trees.OfAsync("dst/sub/a=1", "old/");
        var options = Sync with { BackupFolder = VolumePath.Parse("old") };
        var plan = await new SyncPlanner(new SyncTree(await Trees.OfAsync("b")), new SyncTree(volume, VolumePath.Parse("dst")), options).PlanAsync();
        Assert.Equal("dst/sub/a", Assert.Single(plan.RemovedFiles).Path.ToString());
        Assert.Equal("old/sub/a", plan.BackupOf(plan.RemovedFiles[0].Path)?.ToString());
        Assert.Equal("dst/b", Assert.Single(plan.Transfers).Target.ToString());
        Assert.Null(new SyncPlan().BackupOf(VolumePath.Parse("a")));
    }

    [Theory]
    [InlineData("a", "a", null, null)]
    [InlineData("a", "a/b", null, null)]
    [InlineData("a/b", "a", null, null)]
    [InlineData("", "a", null, null)]
    [InlineData("s", "d", "d/backup", null)]
    [InlineData("s", "d", "d", null)]
    [InlineData("s", "d", "", null)]
    [InlineData("s", "d", "s/x", null)]
    [InlineData("", "a", null, "- /b/**")]
    public async Task Trees_in_each_other_are_refused(string source, string destination, string? backup, string? rule)
    {
        var volume = await Trees.OfAsync("a/b/", "s/", "d/");
        await Assert.ThrowsAsync<OverlapException>(() => OverlapAsync(volume, source, destination, backup, rule));
    }

    [Theory]
    [InlineData("a", "ab", null, null)]
    [InlineData("", "a", null, "- /a/**")]
    [InlineData("a", "", null, "- /a/**")]
    [InlineData("s", "d", "d/backup", "- /backup/**")]
    [InlineData("s", "d", "d2", null)]
    public async Task Trees_beside_each_other_are_not(string source, string destination, string? backup, string? rule)
    {
        var volume = await Trees.OfAsync("a/b/", "ab/", "s/", "d/");
        await OverlapAsync(volume, source, destination, backup, rule);
    }

    private static Task<SyncPlan> OverlapAsync(MemoryVolume volume, string source, string destination, string? backup, string? rule)
    {
        var options = Sync with { BackupFolder = backup is null ? null : VolumePath.Parse(backup), Filter = rule is null ? TreeFilter.Everything : Trees.Filter(rule) };
        return new SyncPlanner(new SyncTree(volume, VolumePath.Parse(source)), new SyncTree(volume, VolumePath.Parse(destination)), options).PlanAsync();
    }

    private static async Task<SyncPlan> PlanAsync(string[] source, string[] destination, SyncOptions? options = null) =>
        await Trees.PlanAsync(await Trees.OfAsync(source), await Trees.OfAsync(destination), options);
}

using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>What a run does, file by file.</summary>
public sealed class SyncRunnerTests
{
    private readonly SyncBench _bench = new();

    [Fact]
    public async Task A_sync_makes_the_trees_equal()
    {
        await WriteAsync(_bench.From, "a.txt", "new");
        await WriteAsync(_bench.From, "docs/b.txt", "changed", 1);
        await WriteAsync(_bench.From, "docs/same.txt", "same");
        await WriteAsync(_bench.To, "docs/b.txt", "old");
        await WriteAsync(_bench.To, "docs/same.txt", "same");
        await WriteAsync(_bench.To, "gone/deep/c.txt", "surplus");
        var result = await _bench.RunAsync();
        await _bench.AssertEqualAsync();
        Assert.True(result.Complete);
        Assert.Equal((2, 10L, 1, 2, 1), (result.TransferredFiles, result.TransferredBytes, result.Removed, result.RemovedFolders, result.Unchanged));
        Assert.Equal(Day.AddHours(1), (await _bench.To.FindAsync(At("docs/b.txt")))!.ModTime);
        Assert.True((await _bench.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task A_copy_removes_nothing()
    {
        _bench.Wanted = new SyncOptions();
        await WriteAsync(_bench.From, "a.txt", "new");
        await WriteAsync(_bench.To, "b.txt", "mine");
        Assert.True((await _bench.RunAsync()).Complete);
        Assert.Equal(["a.txt=new", "b.txt=mine"], await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task Empty_folders_are_made_and_others_come_with_their_files()
    {
        _bench.Wanted = _bench.Wanted with { EmptyFolders = true };
        await _bench.From.MakeFolderAsync(At("empty/deep"));
        await WriteAsync(_bench.From, "full/deep/a.txt", "a");
        var faulty = new FaultyVolume(_bench.To);
        _bench.Destination = faulty;
        await _bench.RunAsync();
        await _bench.AssertEqualAsync();
        Assert.Equal(2, faulty.CallsOf(VolumeCall.MakeFolder));
    }

    [Fact]
    public async Task A_file_that_fails_stops_no_other_but_keeps_what_would_be_removed()
    {
        await WriteAsync(_bench.From, "a.txt", "a");
        await WriteAsync(_bench.From, "b.txt", "b");
        await WriteAsync(_bench.From, "c.txt", "c");
        await WriteAsync(_bench.To, "old.txt", "old");
        _bench.Source = new FaultyVolume(_bench.From, new VolumeFault(VolumeCall.Open, FaultMoment.Halfway, 2));
        var result = await _bench.RunAsync(options: new RunOptions { Transfers = 1 });
        Assert.Equal(["a.txt=a", "c.txt=c", "old.txt=old"], await TreeAsync(_bench.To));
        Assert.Equal("b.txt", Assert.Single(result.Failed).Path.ToString());
        Assert.Contains("not removed", result.RemovalsSkipped, StringComparison.Ordinal);
        Assert.Contains(result.RemovalsSkipped, _bench.Events.Notices);
        Assert.False(result.Complete);
    }

    [Fact]
    public async Task An_error_of_the_plan_counts_as_a_failure()
    {
        var plan = new SyncPlan { RemovedFiles = [await WriteAsync(_bench.To, "old.txt", "old")], Notes = [new PlanNote(At("a"), "No.", new IOException("no")), new PlanNote(At("b"), "Well.")] };
        var result = await _bench.RunAsync(plan);
        Assert.Equal("a", Assert.Single(result.Failed).Path.ToString());
        Assert.NotNull(result.RemovalsSkipped);
        Assert.NotNull(await _bench.To.FindAsync(At("old.txt")));
    }

    [Fact]
    public async Task Removals_asked_for_first_come_first()
    {
        _bench.Wanted = _bench.Wanted with { Deletes = DeleteOrder.Before };
        await WriteAsync(_bench.From, "a.txt", "a");
        await WriteAsync(_bench.To, "old.txt", "old");
        await _bench.RunAsync();
        var events = _bench.Events.All;
        Assert.True(events.FindIndex(e => e is EntryRemoved) < events.FindIndex(e => e is FileTransferred));
    }

    [Fact]
    public async Task A_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file()
    {
        await WriteAsync(_bench.From, "a", "a file now");
        await WriteAsync(_bench.From, "b/inner.txt", "a folder now");
        await WriteAsync(_bench.To, "a/x/y.txt", "was in a folder");
        await WriteAsync(_bench.To, "b", "was a file");
        var result = await _bench.RunAsync();
        await _bench.AssertEqualAsync();
        Assert.True(result.Complete);
    }

    [Fact]
    public async Task More_removals_than_allowed_are_none_and_the_run_is_a_fatal_failure()
    {
        _bench.Wanted = _bench.Wanted with { MaxDelete = 1 };
        await WriteAsync(_bench.From, "new.txt", "new");
        await WriteAsync(_bench.To, "a.txt", "a");
        await WriteAsync(_bench.To, "b.txt", "b");
        var result = await _bench.RunAsync();
        Assert.Equal(["a.txt=a", "b.txt=b", "new.txt=new"], await TreeAsync(_bench.To));
        Assert.NotNull(result.Fatal);
        Assert.Equal(1, result.TransferredFiles);
    }

    [Fact]
    public async Task Times_alone_are_set_without_a_transfer()
    {
        await WriteAsync(_bench.From, "a.txt", "a", 5);
        await WriteAsync(_bench.To, "a.txt", "a");
        var result = await _bench.RunAsync();
        Assert.Equal((1, 0), (result.TimesSet, result.TransferredFiles));
        Assert.Equal(Day.AddHours(5), (await _bench.To.FindAsync(At("a.txt")))!.ModTime);
    }

    [Fact]
    public async Task A_move_takes_what_is_proven_from_the_source_and_nothing_else()
    {
        _bench.Wanted = new SyncOptions { Kind = SyncKind.Move };
        await WriteAsync(_bench.From, "a/one.txt", "1");
        await WriteAsync(_bench.From, "a/two.txt", "2");
        await WriteAsync(_bench.From, "b/there.txt", "same");
        await WriteAsync(_bench.To, "b/there.txt", "same");
        _bench.Source = new FaultyVolume(_bench.From, new VolumeFault(VolumeCall.Open, FaultMoment.Before, 2));
        var result = await _bench.RunAsync(options: new RunOptions { Transfers = 1, RemoveEmptySourceFolders = true });
        Assert.Equal(["a/", "a/two.txt=2"], await TreeAsync(_bench.From));
        Assert.Equal(["a/", "a/one.txt=1", "b/", "b/there.txt=same"], await TreeAsync(_bench.To));
        Assert.Equal((2, 1), (result.SourceRemoved, result.Failed.Count));
    }

    [Fact]
    public async Task A_move_leaves_folders_unless_asked()
    {
        _bench.Wanted = new SyncOptions { Kind = SyncKind.Move };
        await WriteAsync(_bench.From, "a/one.txt", "1");
        await _bench.RunAsync();
        Assert.Equal(["a/"], await TreeAsync(_bench.From));
    }

    [Fact]
    public async Task A_move_within_a_volume_removes_the_folders_it_left_empty()
    {
        _bench.Wanted = new SyncOptions { Kind = SyncKind.Move };
        await WriteAsync(_bench.From, "here/a/one.txt", "1");
        var (source, destination) = (new SyncTree(_bench.From, At("here")), new SyncTree(_bench.From, At("there")));
        var plan = await new SyncPlanner(source, destination, _bench.Wanted).PlanAsync();
        var result = await new SyncRunner(source, destination, _bench.Wanted, new RunOptions { RemoveEmptySourceFolders = true }).RunAsync(plan);
        Assert.Equal(["here/", "there/", "there/a/", "there/a/one.txt=1"], await TreeAsync(_bench.From));
        Assert.Equal((1, 0), (result.Renamed, result.TransferredFiles));
    }

    [Fact]
    public async Task Wrong_content_does_not_stay_under_the_right_name()
    {
        await WriteAsync(_bench.From, "a.txt", "right");
        _bench.Destination = new ActingVolume(_bench.To) { Says = r => r with { Entry = r.Entry! with { Checksum = WhirlpoolHash.Empty } } };
        var result = await _bench.RunAsync();
        Assert.IsType<FichierIntegrityException>(Assert.Single(result.Failed).Error);
        Assert.Empty(await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task Everything_is_told_in_order_and_added_up()
    {
        await WriteAsync(_bench.From, "a.txt", "12345");
        await WriteAsync(_bench.To, "old.txt", "old");
        await _bench.RunAsync();
        Assert.Equal(
            [new SyncStarted(1, 5), new FileStarted(At("a.txt"), 5), new FileAdvanced(At("a.txt"), 5, 5), new FileTransferred(At("a.txt"), 5), new EntryRemoved(At("old.txt"), false)],
            _bench.Events.All.Where(e => e is not TotalsChanged));
        var last = Assert.IsType<TotalsChanged>(_bench.Events.All[^1]).Totals;
        Assert.Equal((1, 1, 5L, 5L), (last.FilesDone, last.Files, last.BytesDone, last.Bytes));
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _bench.RunAsync(new SyncPlan(), new RunOptions { Transfers = 0 }));
        await Assert.ThrowsAsync<ArgumentException>(() => _bench.RunAsync(new SyncPlan(), new RunOptions { BackupSuffix = "a/b" }));
    }
}

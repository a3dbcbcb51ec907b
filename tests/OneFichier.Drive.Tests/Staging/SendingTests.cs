using OneFichier.Drive.Staging;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Staging.SpoolBench;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>When what waits is sent, in how many calls, and what becomes of what cannot be.</summary>
public sealed class SendingTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task What_waits_is_sent_in_one_call_after_a_quiet_time()
    {
        await using var bench = new SpoolBench();
        await bench.Time.TimerSetAsync();
        for (var n = 0; n < 3; n++)
        {
            bench.Time.Advance(Quiet / 2);
            await bench.PutAsync(New($"f/{n}", "content"));
        }

        Assert.Equal(0, bench.Inner.CallsOf(VolumeCall.Put));
        Assert.Equal((3, 21L), (bench.Volume.State.Files, bench.Volume.State.Bytes));
        await bench.Time.RunAsync(SentAsync(bench));
        Assert.Equal(3, (await bench.Stored.ListAsync(At("f"))).Entries.Count);
    }

    [Fact]
    public async Task An_editors_way_of_saving_is_one_upload_and_no_removal()
    {
        await using var bench = new SpoolBench();
        await bench.StoreAsync(New("doc", "old"));
        await using (var file = await bench.WriterAsync(".doc.tmp"))
        {
            await WriteAsync(file, "new");
            await file.SyncAsync();
        }

        await bench.MoveAsync(".doc.tmp", "doc");
        Assert.Equal("new", await TextAsync(bench.Volume, "doc"));
        Assert.Equal("old", await TextAsync(bench.Stored, "doc"));
        await bench.Volume.DrainAsync();
        Assert.Equal("new", await TextAsync(bench.Stored, "doc"));
        Assert.Equal((1, 0, 0), (bench.Inner.CallsOf(VolumeCall.Put), bench.Inner.CallsOf(VolumeCall.Remove), bench.Inner.CallsOf(VolumeCall.Move)));
    }

    [Fact]
    public async Task What_comes_and_goes_before_it_is_sent_costs_nothing()
    {
        await using var bench = new SpoolBench();
        await bench.PutAsync(New("f/g/file", "x"));
        await bench.RemoveAsync("f/g/file", "f/g", "f");
        await bench.Volume.DrainAsync();
        Assert.Equal((0, 0, 0), (bench.Inner.CallsOf(VolumeCall.Put), bench.Inner.CallsOf(VolumeCall.Remove), bench.Inner.CallsOf(VolumeCall.MakeFolder)));
        Assert.Equal((0, 0), (bench.Volume.State.Files, bench.Volume.State.Changes));
    }

    [Fact]
    public async Task A_thousand_removals_one_by_one_are_two_calls()
    {
        await using var bench = new SpoolBench(new SpoolOptions { Folder = "", SyncNames = false });
        await bench.StoreAsync([.. Enumerable.Range(0, 999).Select(n => New($"f/{n}", "x"))]);
        foreach (var entry in (await bench.Volume.ListAsync(At("f"))).Entries)
            await bench.RemoveAsync(entry.Path.ToString());
        await bench.RemoveAsync("f");
        Assert.Empty((await bench.Volume.ListAsync(VolumePath.Root)).Entries);
        await bench.Volume.DrainAsync();
        Assert.Empty((await bench.Stored.ListAsync(VolumePath.Root)).Entries);
        Assert.Equal(2, bench.Inner.CallsOf(VolumeCall.Remove));
    }

    [Fact]
    public async Task What_was_taken_in_before_it_was_known_to_be_impossible_is_told_and_keeps_no_other_waiting()
    {
        await using var bench = new SpoolBench();
        await bench.PutAsync(New("long-name", "content"), New("large", "a large content"), New("fine", "fine"));
        await bench.ReopenAsync(inner => new LimitedVolume(inner, longestName: 5, largestFile: 10));
        var limited = bench.Volume;
        var failure = await Assert.ThrowsAsync<IOException>(() => limited.DrainAsync());
        Assert.True(StorageRefusal(failure.InnerException), failure.ToString());
        Assert.Equal(2, limited.State.Files);
        Assert.Equal("fine", await TextAsync(bench.Stored, "fine"));
        Assert.Null((await limited.PutAsync([New("next", "next")]))[0].Error);
        await bench.Time.RunAsync(Until.TrueAsync(async () => await bench.Stored.FindAsync(At("next")) is not null));
        Assert.Equal("content", await TextAsync(limited, "long-name"));
        Assert.Null(Assert.Single(await limited.MoveAsync([new VolumeMove(At("long-name"), At("short"))])).Error);
        await Assert.ThrowsAsync<IOException>(() => limited.DrainAsync());
        Assert.Equal("content", await TextAsync(bench.Stored, "short"));

        static bool StorageRefusal(Exception? e) => e is PathTooLongException or FileTooLargeException;
    }

    [Fact]
    public async Task What_is_impossible_is_refused_by_every_way_in()
    {
        await using var bench = new SpoolBench();
        await bench.ReopenAsync(inner => new LimitedVolume(inner, longestName: 5, largestFile: 10));
        var limited = bench.Volume;
        var results = await limited.PutAsync([New("long-name", "x"), New("f", "a large content"), New("d/fine", "fine")]);
        Assert.IsType<PathTooLongException>(results[0].Error);
        Assert.IsType<FileTooLargeException>(results[1].Error);
        Assert.Null(results[2].Error);
        await Assert.ThrowsAsync<PathTooLongException>(() => limited.MakeFolderAsync(At("d/long-name/below")));
        await Assert.ThrowsAsync<PathTooLongException>(() => limited.OpenFileAsync(At("d/long-name"), new OpenFileOptions { Write = true, Create = true }));
        Assert.IsType<PathTooLongException>(Assert.Single(await limited.MoveAsync([new VolumeMove(At("d/fine"), At("d/long-name"))])).Error);
        await using var file = await limited.OpenFileAsync(At("d/fine"), new OpenFileOptions { Write = true });
        await Assert.ThrowsAsync<FileTooLargeException>(async () => await WriteAsync(file, "beyond", 5));
        await Assert.ThrowsAsync<FileTooLargeException>(async () => await file.SetLengthAsync(11));
        await file.SetLengthAsync(10);
        Assert.Equal("fine\0\0\0\0\0\0", await TextAsync(limited, "d/fine"));
    }

    [Fact]
    public async Task What_is_stored_is_not_moved_to_an_impossible_name_and_the_others_are_moved()
    {
        await using var bench = new SpoolBench();
        await bench.StoreAsync(New("a", "a"), New("b", "b"));
        await bench.ReopenAsync(inner => new LimitedVolume(inner, longestName: 5, largestFile: 10));
        var results = await bench.Volume.MoveAsync([new VolumeMove(At("a"), At("long-name")), new VolumeMove(At("b"), At("c"))]);
        Assert.IsType<PathTooLongException>(results[0].Error);
        Assert.Null(results[1].Error);
        Assert.Equal("a", await TextAsync(bench.Stored, "a"));
        Assert.Equal("b", await TextAsync(bench.Stored, "c"));
    }

    [Fact]
    public async Task What_fails_waits_is_told_and_is_sent_when_it_can_be()
    {
        await using var bench = new SpoolBench(null, [.. Enumerable.Range(1, 3).Select(n => new VolumeFault(VolumeCall.Put, FaultMoment.Before, n) { InResults = n == 2 })]);
        await bench.PutAsync(New("file", "content"));
        await Assert.ThrowsAsync<IOException>(() => bench.Volume.DrainAsync());
        Assert.NotNull(bench.Volume.State.Failure);
        Assert.Equal("content", await TextAsync(bench.Volume, "file"));
        await bench.Time.RunAsync(SentAsync(bench));
        Assert.Equal("content", await TextAsync(bench.Stored, "file"));
        Assert.Null(bench.Volume.State.Failure);
        Assert.Equal(4, bench.Inner.CallsOf(VolumeCall.Put));
    }

    [Fact]
    public async Task What_is_refused_for_good_keeps_nobody_else_back_and_is_sent_under_another_name()
    {
        await using var folder = new Disposing(new TempFolder());
        var inner = new RefusingVolume(new MemoryVolume(), "bad");
        await using var volume = new SpooledVolume(inner, new SpoolOptions { Folder = folder.Folder["spool"], Time = new ManualTime() });
        await volume.PutAsync([New("bad", "1"), New("good", "2")]);
        await Assert.ThrowsAsync<IOException>(() => volume.DrainAsync());
        Assert.Equal("2", await TextAsync(inner.Inner, "good"));
        Assert.IsType<FichierRejectedException>(volume.State.Failure);
        Assert.Equal("1", await TextAsync(volume, "bad"));
        await volume.MoveAsync([new VolumeMove(At("bad"), At("better"))]);
        await volume.DrainAsync();
        Assert.Equal("1", await TextAsync(inner.Inner, "better"));
    }

    [Fact]
    public async Task A_file_that_is_renamed_while_it_is_sent_is_stored_once_under_its_last_name()
    {
        await using var folder = new Disposing(new TempFolder());
        var inner = new HeldVolume(new MemoryVolume());
        await using var volume = new SpooledVolume(inner, new SpoolOptions { Folder = folder.Folder["spool"], Time = new ManualTime() });
        await volume.PutAsync([New("f/a", "content")]);
        var drain = volume.DrainAsync();
        await inner.Putting;
        await volume.MoveAsync([new VolumeMove(At("f"), At("g"))]);
        Assert.Equal("content", await TextAsync(volume, "g/a"));
        inner.Release();
        await drain;
        await volume.DrainAsync();
        Assert.Equal(["g/", "g/a 636f6e74656e74"], await Volumes.VolumeSuite.LinesAsync(inner.Inner));
    }

    [Fact]
    public async Task The_journal_does_not_grow_for_ever()
    {
        await using var bench = new SpoolBench();
        for (var round = 0; round < 20; round++)
        {
            await bench.PutAsync([.. Enumerable.Range(0, 20).Select(n => New($"f/{new string('n', 200)}{n}", $"{round} {n}"))]);
            await bench.Volume.DrainAsync();
        }

        await bench.PutAsync(New("last", "last"));
        Assert.InRange(new FileInfo(bench.Folder["spool/journal"]).Length, 1, 100_000);
        await bench.ReopenAsync();
        Assert.Equal("last", await TextAsync(bench.Volume, "last"));
    }

    [Fact]
    public async Task An_old_name_goes_only_after_the_content_is_stored_under_the_new_also_after_a_restart()
    {
        await using var bench = new SpoolBench(null, new VolumeFault(VolumeCall.Put, FaultMoment.Before));
        await bench.StoreAsync(New("old", "stored"));
        await bench.PutAsync(New("old", "changed"));
        await bench.MoveAsync("old", "new");
        await bench.ReopenAsync();
        await Assert.ThrowsAsync<IOException>(() => bench.Volume.DrainAsync());
        Assert.Equal("stored", await TextAsync(bench.Stored, "old"));
        Assert.Null(await bench.Volume.FindAsync(At("old")));
        await bench.Volume.DrainAsync();
        Assert.Equal(["new 6368616e676564"], await Volumes.VolumeSuite.LinesAsync(bench.Stored));
    }

    [Fact]
    public async Task A_second_owner_is_told_that_the_spool_is_taken()
    {
        await using var bench = new SpoolBench();
        var refusal = Assert.Throws<IOException>(bench.Open);
        Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_stored_before_is_sent_again_where_another_content_may_have_come_between()
    {
        await using var bench = new SpoolBench();
        await bench.StoreAsync(New("HEAD", "main"));
        HeldVolume held = null!;
        await bench.ReopenAsync(inner => held = new HeldVolume(inner, f => f.Length == "other".Length) { Doubtful = true });
        await bench.PutAsync(New("HEAD", "other"));
        var drain = bench.Volume.DrainAsync();
        await held.Putting;
        await bench.PutAsync(New("HEAD", "main"));
        await drain;
        await bench.Volume.DrainAsync();
        Assert.Equal(1, bench.Inner.CallsOf(VolumeCall.Put));
        Assert.Equal(0, bench.Volume.State.Files);
        await bench.PutAsync(New("HEAD", "main"));
        await bench.Volume.DrainAsync();
        Assert.Equal(1, bench.Inner.CallsOf(VolumeCall.Put));
    }

    [Fact]
    public async Task What_certainly_did_not_come_between_makes_nothing_be_sent_again()
    {
        await using var bench = new SpoolBench();
        await bench.StoreAsync(New("HEAD", "main"));
        HeldVolume held = null!;
        await bench.ReopenAsync(inner => held = new HeldVolume(inner));
        await bench.PutAsync(New("HEAD", "other"));
        var drain = bench.Volume.DrainAsync();
        await held.Putting;
        await bench.PutAsync(New("HEAD", "main"));
        held.Release();
        await drain;
        await bench.Volume.DrainAsync();
        Assert.Equal((0, 0), (bench.Inner.CallsOf(VolumeCall.Put), bench.Volume.State.Files));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_appears_late_under_a_name_that_is_gone_is_never_seen_and_removed(bool renamed)
    {
        await using var bench = new SpoolBench();
        HeldVolume held = null!;
        await bench.ReopenAsync(inner => held = new HeldVolume(inner, f => f.Path == At("old")) { Doubtful = true });
        await bench.PutAsync(New("old", "content"));
        var drain = bench.Volume.DrainAsync();
        await held.Putting;
        await (renamed ? bench.MoveAsync("old", "new") : bench.RemoveAsync("old"));
        await drain;
        await bench.Volume.DrainAsync();
        await bench.StoreAsync(New("old", "content"));
        string[] seen = renamed ? ["new"] : [];
        Assert.Equal(seen, (await bench.Volume.ListAsync(VolumePath.Root)).Entries.Select(e => e.Name));
        await bench.Time.RunAsync(Until.TrueAsync(async () => await bench.Stored.FindAsync(At("old")) is null));
        await bench.Volume.DrainAsync();
        Assert.Equal((0, 0), (bench.Volume.State.Files, bench.Volume.State.Changes));
        Assert.Equal(seen, (await bench.Stored.ListAsync(VolumePath.Root)).Entries.Select(e => e.Name));
    }

    [Fact]
    public async Task What_never_appears_is_looked_for_a_few_times_and_forgotten()
    {
        await using var bench = new SpoolBench();
        HeldVolume held = null!;
        await bench.ReopenAsync(inner => held = new HeldVolume(inner) { Doubtful = true });
        await bench.PutAsync(New("file", "content"));
        var drain = bench.Volume.DrainAsync();
        await held.Putting;
        await bench.RemoveAsync("file");
        await drain;
        Assert.Equal(1, bench.Volume.State.Changes);
        await bench.Time.RunAsync(Until.TrueAsync(() => bench.Volume.State.Changes == 0));
        Assert.InRange(bench.Inner.CallsOf(VolumeCall.Remove), 2, 9);
        Assert.Null(bench.Volume.State.Failure);
    }

    [Fact]
    public async Task The_same_content_again_is_not_sent_again()
    {
        await using var bench = new SpoolBench();
        await bench.StoreAsync(New("file", "content"));
        await bench.PutAsync(New("file", "content"));
        await bench.Volume.DrainAsync();
        Assert.Equal((0, 0), (bench.Inner.CallsOf(VolumeCall.Put), bench.Volume.State.Files));
    }

    [Fact]
    public async Task What_waits_is_copied_and_counted_as_room_taken()
    {
        await using var bench = new SpoolBench();
        await bench.PutAsync(New("file", "content"));
        var copier = bench.Volume.Feature<IServerSideCopy>()!;
        var entry = (await bench.Volume.FindAsync(At("file")))!;
        Assert.True(copier.CanCopy(entry));
        Assert.Null(Assert.Single(await copier.CopyAsync([(entry, At("f/copy"))])).Error);
        await bench.Volume.DrainAsync();
        entry = (await bench.Volume.FindAsync(At("file")))!;
        Assert.Null(Assert.Single(await copier.CopyAsync([(entry, At("g/again"))])).Error);
        Assert.Equal(("content", "content"), (await TextAsync(bench.Volume, "f/copy"), await TextAsync(bench.Stored, "g/again")));
    }

    private static Task SentAsync(SpoolBench bench) => Until.TrueAsync(() => bench.Volume.State is { Files: 0, Failure: null });

    private sealed class Disposing(TempFolder folder) : IAsyncDisposable
    {
        public TempFolder Folder => folder;

        public ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A volume that stores neither long names nor large files.</summary>
internal sealed class LimitedVolume(IVolume inner, int longestName, long largestFile) : VolumeDecorator(inner), IStorageLimits
{
    public long LargestFile => largestFile;

    public void CheckNames(VolumePath path)
    {
        if (path.Segments.Any(s => s.Length > longestName))
            throw new PathTooLongException($"'{path}' is too long.");
    }
}

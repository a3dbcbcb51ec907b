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

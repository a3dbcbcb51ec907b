using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>What is replaced or removed is put aside first.</summary>
public sealed class BackupTests
{
    private readonly SyncBench _bench = new() { Wanted = new SyncOptions { Kind = SyncKind.Sync, BackupFolder = At("old") } };
    private readonly SyncTree _tree;

    public BackupTests() => _tree = new SyncTree(_bench.To, At("live"));

    [Fact]
    public async Task Replaced_and_removed_files_are_in_the_backup_folder_under_their_paths()
    {
        await WriteAsync(_bench.From, "a/changed.txt", "new", 1);
        await WriteAsync(_bench.To, "live/a/changed.txt", "before");
        await WriteAsync(_bench.To, "live/b/gone.txt", "surplus");
        var result = await RunAsync();
        Assert.True(result.Complete);
        Assert.Equal((2, 1), (result.BackedUp, result.Removed));
        Assert.Equal(["live/", "live/a/", "live/a/changed.txt=new", "old/", "old/a/", "old/a/changed.txt=before", "old/b/", "old/b/gone.txt=surplus"], await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task A_suffix_is_appended()
    {
        await WriteAsync(_bench.To, "live/gone.txt", "surplus");
        await RunAsync(".bak");
        Assert.Equal(["live/", "old/", "old/gone.txt.bak=surplus"], await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task A_suffix_alone_keeps_the_old_beside_the_new()
    {
        _bench.Wanted = new SyncOptions();
        await WriteAsync(_bench.From, "a.txt", "new", 1);
        await WriteAsync(_bench.To, "live/a.txt", "before");
        await RunAsync(".bak");
        Assert.Equal(["live/", "live/a.txt.bak=before", "live/a.txt=new"], await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task An_older_backup_is_replaced()
    {
        await WriteAsync(_bench.To, "live/gone.txt", "later");
        await WriteAsync(_bench.To, "old/gone.txt", "earlier");
        await RunAsync();
        Assert.Equal(["live/", "old/", "old/gone.txt=later"], await TreeAsync(_bench.To));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_put_aside_for_a_file_that_does_not_come_is_put_back(bool inResults)
    {
        await WriteAsync(_bench.From, "a.txt", "new", 1);
        await WriteAsync(_bench.To, "live/a.txt", "before");
        _bench.Destination = new FaultyVolume(_bench.To, new VolumeFault(VolumeCall.Put, FaultMoment.Before) { InResults = inResults });
        var result = await RunAsync();
        Assert.Equal((1, 0), (result.Failed.Count, result.BackedUp));
        Assert.Equal(["live/", "live/a.txt=before", "old/"], await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task What_was_put_aside_is_put_back_when_the_run_is_cancelled()
    {
        await WriteAsync(_bench.From, "a.txt", "new", 1);
        await WriteAsync(_bench.To, "live/a.txt", "before");
        using var stop = new CancellationTokenSource();
        _bench.Destination = new ActingVolume(_bench.To) { BeforePut = _ => stop.CancelAsync() };
        Assert.True((await RunAsync(stop: stop.Token)).Interrupted);
        Assert.Equal(["live/", "live/a.txt=before", "old/"], await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task A_file_that_cannot_be_put_aside_is_neither_replaced_nor_removed()
    {
        await WriteAsync(_bench.From, "a.txt", "new", 1);
        await WriteAsync(_bench.To, "live/a.txt", "before");
        _bench.Destination = new FaultyVolume(_bench.To, new VolumeFault(VolumeCall.Move, FaultMoment.Before) { InResults = true });
        Assert.Single((await RunAsync()).Failed);
        Assert.Equal("before", await ReadAsync(_bench.To, At("live/a.txt")));
    }

    private async Task<SyncResult> RunAsync(string suffix = "", CancellationToken stop = default)
    {
        var plan = await new SyncPlanner(new SyncTree(_bench.From), _tree, _bench.Wanted).PlanAsync(cancellationToken: CancellationToken.None);
        return await new SyncRunner(new SyncTree(_bench.From), _tree with { Volume = _bench.Destination }, _bench.Wanted, new RunOptions { BackupSuffix = suffix, Progress = _bench.Events }).RunAsync(plan, stop);
    }
}

using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>Contents that are had without a transfer.</summary>
public sealed class CopyTests
{
    private readonly SyncBench _bench = new() { Wanted = new SyncOptions() };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_copied_from_one_that_is_there_with_the_time_of_its_source(bool serverSide)
    {
        if (!serverSide)
            _bench.Destination = new ActingVolume(_bench.To) { Lacks = new HashSet<Type> { typeof(IServerSideCopy) } };
        var plan = await CopyPlanAsync();
        var result = await _bench.RunAsync(plan);
        Assert.Equal((1, 0, 0L), (result.Copied, result.TransferredFiles, result.MovedBytes));
        Assert.Equal(Day.AddHours(7), (await _bench.To.FindAsync(At("sub/a.txt")))!.ModTime);
        Assert.Equal("content", await ReadAsync(_bench.To, At("sub/a.txt")));
    }

    [Fact]
    public async Task What_cannot_be_copied_is_transferred()
    {
        var plan = await CopyPlanAsync();
        await _bench.To.RemoveAsync([At("twin.txt")]);
        var result = await _bench.RunAsync(plan);
        Assert.Equal((0, 1), (result.Copied, result.TransferredFiles));
        Assert.True(result.Complete);
        Assert.Contains(_bench.Events.Notices, n => n.Contains("sub/a.txt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_of_something_else_by_now_is_transferred()
    {
        _bench.Destination = new ActingVolume(_bench.To) { Lacks = new HashSet<Type> { typeof(IServerSideCopy) } };
        var plan = await CopyPlanAsync();
        await WriteAsync(_bench.To, "twin.txt", "another", 9);
        var result = await _bench.RunAsync(plan);
        Assert.Equal((0, 1), (result.Copied, result.TransferredFiles));
        Assert.Equal("content", await ReadAsync(_bench.To, At("sub/a.txt")));
    }

    [Fact]
    public async Task A_content_that_is_sent_once_is_copied_to_its_other_places()
    {
        var (first, second) = (await WriteAsync(_bench.From, "a.txt", "content"), await WriteAsync(_bench.From, "b.txt", "content", 3));
        var result = await _bench.RunAsync(RepeatPlan(first, second));
        Assert.Equal((1, 1), (result.TransferredFiles, result.Copied));
        await _bench.AssertEqualAsync();
    }

    [Fact]
    public async Task Where_the_first_failed_the_others_are_sent()
    {
        var (first, second) = (await WriteAsync(_bench.From, "a.txt", "content"), await WriteAsync(_bench.From, "b.txt", "content", 3));
        _bench.Source = new FaultyVolume(_bench.From, new VolumeFault(VolumeCall.Open, FaultMoment.Before));
        var result = await _bench.RunAsync(RepeatPlan(first, second));
        Assert.Equal((1, 0, 1), (result.TransferredFiles, result.Copied, result.Failed.Count));
        Assert.Equal(["b.txt=content"], await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task A_move_removes_what_was_copied()
    {
        _bench.Wanted = new SyncOptions { Kind = SyncKind.Move };
        await _bench.RunAsync(await CopyPlanAsync());
        Assert.Equal(["sub/"], await TreeAsync(_bench.From));
    }

    [Fact]
    public async Task A_replaced_file_is_backed_up_and_comes_back_when_the_copy_fails_and_the_transfer_too()
    {
        _bench.Wanted = new SyncOptions { BackupFolder = At("old") };
        var plan = await CopyPlanAsync();
        var there = await WriteAsync(_bench.To, "sub/a.txt", "before");
        plan = plan with { BackupFolder = At("old"), Copies = [plan.Copies[0] with { Replaces = there }] };
        await _bench.To.RemoveAsync([At("twin.txt")]);
        _bench.Source = new FaultyVolume(_bench.From, new VolumeFault(VolumeCall.Open, FaultMoment.Before));
        var result = await _bench.RunAsync(plan);
        Assert.Single(result.Failed);
        Assert.Equal("before", await ReadAsync(_bench.To, At("sub/a.txt")));
    }

    private async Task<SyncPlan> CopyPlanAsync()
    {
        var twin = await WriteAsync(_bench.To, "twin.txt", "content");
        var source = await WriteAsync(_bench.From, "sub/a.txt", "content", 7);
        return new SyncPlan { Copies = [new PlannedCopy(source, twin, At("sub/a.txt"))] };
    }

    private static SyncPlan RepeatPlan(Entry first, Entry second) => new()
    {
        Transfers = [new PlannedTransfer(first, first.Path)],
        Repeats = [new PlannedCopy(second, new Entry(first.Path, IsFolder: false) { Size = first.Size, Checksum = first.Checksum }, second.Path)],
    };
}

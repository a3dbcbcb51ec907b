using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>Runs that end before their plan is done.</summary>
public sealed class RunEndTests
{
    private readonly SyncBench _bench = new();

    public static TheoryData<Exception> Fatal =>
    [
        new FichierKeyException("refused"), new FichierLockedException("locked"), new FichierSubscriptionException("not in the offer"),
        new IOException("disk full", 28), new IOException("disk full", unchecked((int)0x80070070)), new FichierException("inside", new FichierKeyException("refused")),
    ];

    [Theory]
    [MemberData(nameof(Fatal), DisableDiscoveryEnumeration = true)]
    public async Task An_error_no_other_file_would_escape_ends_the_run(Exception error)
    {
        await FilesAsync(10, 10);
        await WriteAsync(_bench.To, "old.txt", "old");
        _bench.Destination = new FaultyVolume(_bench.To, new VolumeFault(VolumeCall.Put, FaultMoment.Before, 3) { Exception = error, InResults = true });
        var result = await _bench.RunAsync(options: new RunOptions { Transfers = 1 });
        Assert.Same(error, result.Fatal);
        Assert.Equal((2, 1, false), (result.TransferredFiles, result.Failed.Count, result.Interrupted));
        Assert.NotNull(await _bench.To.FindAsync(At("old.txt")));
        Assert.Contains(_bench.Events.Notices, n => n.Contains(error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_tells_what_was_done()
    {
        await FilesAsync(10, 10);
        using var stop = new CancellationTokenSource();
        var puts = 0;
        _bench.Destination = new ActingVolume(_bench.To) { BeforePut = _ => ++puts == 4 ? stop.CancelAsync() : Task.CompletedTask };
        var result = await _bench.RunAsync(options: new RunOptions { Transfers = 1 }, cancellationToken: stop.Token);
        Assert.True(result.Interrupted);
        Assert.Equal((3, 0, RunLimit.None), (result.TransferredFiles, result.Failed.Count, result.Limit));
        Assert.Equal(3, (await TreeAsync(_bench.To)).Count);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_it_begins_does_nothing()
    {
        await FilesAsync(1, 10);
        var result = await _bench.RunAsync(await _bench.PlanAsync(), null, new CancellationToken(true));
        Assert.True(result.Interrupted);
        Assert.False(result.DidAnything);
    }

    [Theory]
    [InlineData(CutoffMode.Hard, 250, 2)]
    [InlineData(CutoffMode.Soft, 250, 3)]
    [InlineData(CutoffMode.Cautious, 250, 2)]
    [InlineData(CutoffMode.Hard, 300, 3)]
    [InlineData(CutoffMode.Soft, 300, 3)]
    [InlineData(CutoffMode.Cautious, 300, 3)]
    public async Task The_limit_of_bytes_ends_the_run_as_hard_as_wanted(CutoffMode cutoff, long most, int files)
    {
        await FilesAsync(5, 100);
        await WriteAsync(_bench.To, "old.txt", "old");
        var result = await _bench.RunAsync(options: new RunOptions { Transfers = 1, Limits = new RunLimits { MaxTransfer = most, Cutoff = cutoff } });
        Assert.Equal((RunLimit.Transfer, files, 0, false), (result.Limit, result.TransferredFiles, result.Failed.Count, result.Interrupted));
        Assert.NotNull(result.RemovalsSkipped ?? (cutoff == CutoffMode.Hard ? "stopped" : null));
        Assert.NotNull(await _bench.To.FindAsync(At("old.txt")));
    }

    [Fact]
    public async Task A_cautious_run_goes_on_with_what_fits()
    {
        await WriteAsync(_bench.From, "a.txt", new string('a', 100));
        await WriteAsync(_bench.From, "b.txt", new string('b', 1000));
        await WriteAsync(_bench.From, "c.txt", new string('c', 100));
        var result = await _bench.RunAsync(options: new RunOptions { Limits = new RunLimits { MaxTransfer = 250, Cutoff = CutoffMode.Cautious } });
        Assert.Equal((RunLimit.Transfer, 2), (result.Limit, result.TransferredFiles));
        Assert.Null(await _bench.To.FindAsync(At("b.txt")));
    }

    [Fact]
    public async Task A_limit_that_is_just_enough_is_not_reached()
    {
        await FilesAsync(3, 100);
        var result = await _bench.RunAsync(options: new RunOptions { Limits = new RunLimits { MaxTransfer = 300 } });
        Assert.True(result.Complete);
    }

    [Theory]
    [InlineData(CutoffMode.Hard, 4)]
    [InlineData(CutoffMode.Soft, 5)]
    [InlineData(CutoffMode.Cautious, 5)]
    public async Task The_limit_of_time_ends_the_run_as_hard_as_wanted(CutoffMode cutoff, int files)
    {
        var time = new ManualTime();
        await FilesAsync(10, 10);
        _bench.Destination = new ActingVolume(_bench.To)
        {
            BeforePut = _ =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return Task.CompletedTask;
            },
        };
        var limits = new RunLimits { MaxDuration = TimeSpan.FromMilliseconds(4500), Cutoff = cutoff };
        var result = await _bench.RunAsync(options: new RunOptions { Transfers = 1, Time = time, Limits = limits });
        Assert.Equal((RunLimit.Duration, files, false), (result.Limit, result.TransferredFiles, result.Interrupted));
    }

    [Fact]
    public async Task The_bandwidth_of_a_run_is_that_of_all_its_files()
    {
        var time = new ManualTime();
        await FilesAsync(10, 1024);
        var before = time.Elapsed;
        await time.RunAsync(_bench.RunAsync(options: new RunOptions { Transfers = 4, Time = time, Bandwidth = new Bandwidth(BandwidthTimetable.Parse("1k"), time) }));
        Assert.InRange((time.Elapsed - before).TotalSeconds, 9, 11);
    }

    [Fact]
    public async Task After_a_run_that_ended_early_the_next_does_the_rest()
    {
        await FilesAsync(5, 100);
        await _bench.RunAsync(options: new RunOptions { Limits = new RunLimits { MaxTransfer = 250 } });
        var result = await _bench.RunAsync();
        Assert.True(result.Complete);
        Assert.InRange(result.TransferredFiles, 1, 4);
        await _bench.AssertEqualAsync();
    }

    private async Task FilesAsync(int count, int size)
    {
        for (var i = 0; i < count; i++)
            await WriteAsync(_bench.From, $"{i:00}.txt", new string((char)('a' + i), size));
    }
}

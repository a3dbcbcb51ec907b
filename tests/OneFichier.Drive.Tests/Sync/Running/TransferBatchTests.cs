using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>How many files go together to a volume that likes many at once.</summary>
public sealed class TransferBatchTests
{
    private readonly SyncBench _bench = new();
    private readonly ActingVolume _many;
    private int _liked = 3;

    public TransferBatchTests()
    {
        _many = new ActingVolume(_bench.To) { Shows = t => t with { PutBatch = _liked } };
        _bench.Destination = _many;
    }

    [Fact]
    public async Task Files_of_one_folder_go_together_up_to_the_number_that_is_liked()
    {
        await FilesAsync("a/1 a/2 a/3 a/4 b/1 b/2 c", 1);
        await _bench.RunAsync(options: new RunOptions { Transfers = 1 });
        Assert.Equal(["a/1 a/2 a/3", "a/4", "b/1 b/2", "c"], Batches().Order(StringComparer.Ordinal));
        await _bench.AssertEqualAsync();
    }

    [Fact]
    public async Task A_session_is_cut_where_it_has_bytes_enough_and_large_files_go_alone()
    {
        _liked = 500;
        await FilesAsync("a/1 a/2 a/4 a/5 a/6 a/7", 24);
        await WriteAsync(_bench.From, "a/3", new string('x', 25));
        await _bench.RunAsync(options: new RunOptions { Transfers = 1, SessionBytes = 100 });
        Assert.Equal(["a/1 a/2 a/4 a/5", "a/3", "a/6 a/7"], Batches().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task As_many_sessions_are_under_way_as_wanted()
    {
        await FilesAsync("a/1 b/1 c/1 d/1 e/1", 1);
        var (now, most) = (0, 0);
        var all = new TaskCompletionSource();
        _bench.Destination = new ActingVolume(_bench.To)
        {
            BeforePut = async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                if (now == 2)
                    all.TrySetResult();
                await all.Task;
                Interlocked.Decrement(ref now);
            },
        };
        Assert.True((await _bench.RunAsync(options: new RunOptions { Transfers = 2 })).Complete);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task The_rest_of_a_session_goes_when_one_file_of_it_fails()
    {
        await FilesAsync("a/1 a/2 a/3", 5);
        var plan = await _bench.PlanAsync();
        await _bench.From.RemoveAsync([At("a/2")]);
        var result = await _bench.RunAsync(plan);
        Assert.Equal((2, 1), (result.TransferredFiles, result.Failed.Count));
        Assert.Equal(["a/1 a/3"], Batches());
    }

    [Fact]
    public async Task A_volume_that_throws_costs_its_own_session_only()
    {
        await FilesAsync("a/1 b/1 c/1", 5);
        _bench.Destination = new FaultyVolume(_many, new VolumeFault(VolumeCall.Put, FaultMoment.Before, 2));
        var result = await _bench.RunAsync(options: new RunOptions { Transfers = 1 });
        Assert.Equal((2, 1), (result.TransferredFiles, result.Failed.Count));
    }

    private IEnumerable<string> Batches() => _many.Puts.Select(p => string.Join(' ', p));

    private async Task FilesAsync(string paths, int size)
    {
        foreach (var path in paths.Split(' '))
            await WriteAsync(_bench.From, path, new string(path[^1], size));
    }
}

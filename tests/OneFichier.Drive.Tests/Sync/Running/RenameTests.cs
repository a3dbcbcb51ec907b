using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>Files of the destination that change names.</summary>
public sealed class RenameTests
{
    private readonly SyncBench _bench = new();

    [Fact]
    public async Task A_renamed_file_is_moved_and_not_sent()
    {
        _bench.Wanted = _bench.Wanted with { TrackRenames = true };
        await WriteAsync(_bench.From, "new/place/a.txt", "content");
        await WriteAsync(_bench.To, "old/a.txt", "content");
        var result = await _bench.RunAsync();
        Assert.Equal((1, 0, 0), (result.Renamed, result.TransferredFiles, result.Removed));
        await _bench.AssertEqualAsync();
    }

    [Theory]
    [InlineData("a>b b>c c>d")]
    [InlineData("c>d b>c a>b")]
    [InlineData("b>c a>b c>d")]
    [InlineData("a>b b>a")]
    [InlineData("a>b b>c c>a")]
    [InlineData("c>a a>b b>c d>e")]
    [InlineData("a>a b>c")]
    [InlineData("a>b b>a c>d d>e e>c")]
    public async Task Each_finds_its_place_free_whatever_the_order(string moves)
    {
        foreach (var name in "abcde".Where(c => moves.Contains(c + ">", StringComparison.Ordinal)))
            await WriteAsync(_bench.To, name.ToString(), $"was {name}");
        var renames = moves.Split(' ').Select(m => new VolumeMove(At(m[..1]), At(m[2..]))).ToArray();
        var result = await _bench.RunAsync(new SyncPlan { Renames = renames });
        Assert.Empty(result.Failed);
        Assert.Equal(renames.Count(r => r.From != r.To), result.Renamed);
        Assert.Equal(renames.Select(r => $"{r.To}=was {r.From}").Order(StringComparer.Ordinal), await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task Random_renames_all_arrive()
    {
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var bench = new SyncBench();
            var from = Enumerable.Range(0, 30).OrderBy(_ => random.Next()).Take(12).ToArray();
            var to = Enumerable.Range(0, 30).Where(n => random.Next(3) > 0 || from.Contains(n)).OrderBy(_ => random.Next()).ToArray();
            var staying = from.Skip(to.Length).ToArray();
            var moves = from.Zip(to).Where(m => !staying.Contains(m.Second)).Select(m => new VolumeMove(At($"f{m.First}"), At($"f{m.Second}"))).ToArray();
            var blocked = from.Except(moves.Select(m => int.Parse(m.From.Name[1..]))).ToHashSet();
            moves = [.. moves.Where(m => !blocked.Contains(int.Parse(m.To.Name[1..])))];
            foreach (var move in moves)
                await WriteAsync(bench.To, move.From.ToString(), move.From.ToString());
            var result = await bench.RunAsync(new SyncPlan { Renames = moves });
            Assert.True(result.Failed.Count == 0, $"seed {seed}, round {round}");
            Assert.Equal(moves.Select(m => $"{m.To}={m.From}").Order(StringComparer.Ordinal), await TreeAsync(bench.To));
        }
    }

    [Theory]
    [InlineData(FaultMoment.Before)]
    [InlineData(FaultMoment.Halfway)]
    [InlineData(FaultMoment.After)]
    public async Task A_circle_that_was_broken_off_is_healed_by_the_next_run(FaultMoment moment)
    {
        await WriteAsync(_bench.From, "a", "content of b", 2);
        await WriteAsync(_bench.From, "b", "content of a", 1);
        await WriteAsync(_bench.To, "a", "content of a", 1);
        await WriteAsync(_bench.To, "b", "content of b", 2);
        _bench.Destination = new FaultyVolume(_bench.To, new VolumeFault(VolumeCall.Move, moment));
        await _bench.RunAsync(new SyncPlan { Renames = [new VolumeMove(At("a"), At("b")), new VolumeMove(At("b"), At("a"))] });
        _bench.Destination = _bench.To;
        await _bench.RunAsync();
        await _bench.AssertEqualAsync();
    }

    [Fact]
    public async Task A_file_left_under_the_name_between_two_names_is_moved_on_and_not_sent_again()
    {
        await WriteAsync(_bench.From, "docs/b", "content");
        await WriteAsync(_bench.To, SwapName.Of(At("docs/b")).ToString(), "content");
        var result = await _bench.RunAsync();
        Assert.Equal((1, 0, 0), (result.Renamed, result.TransferredFiles, result.Removed));
        await _bench.AssertEqualAsync();
    }

    [Fact]
    public async Task One_with_other_content_is_removed()
    {
        await WriteAsync(_bench.From, "docs/b", "wanted!");
        await WriteAsync(_bench.To, SwapName.Of(At("docs/b")).ToString(), "content");
        var result = await _bench.RunAsync();
        Assert.Equal((0, 1, 1), (result.Renamed, result.TransferredFiles, result.Removed));
        await _bench.AssertEqualAsync();
    }

    [Fact]
    public void The_name_between_is_known_and_stays_in_the_folder()
    {
        var name = SwapName.Of(At("a/b"));
        Assert.Equal(At("a"), name.Parent);
        Assert.True(SwapName.Is(name));
        Assert.NotEqual(name, SwapName.Of(At("a/c")));
        Assert.False(SwapName.Is(At("a/.fichier-swap-")));
        Assert.False(SwapName.Is(At("a/b")));
    }
}

using System.Collections.Concurrent;
using OneFichier.Drive.Staging;
using OneFichier.Testing;
using OneFichier.Testing.Kills;
using static OneFichier.Drive.Tests.Staging.SpoolBench;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>Many work at once while everything is sent as fast as it can be.</summary>
public sealed class SpoolCrowdTests
{
    private const int Steps = 150;

    [Theory]
    [InlineData(1000)]
    [InlineData(150)]
    [InlineData(1)]
    public async Task Nothing_is_lost_or_mixed_while_many_work_and_all_is_sent_in_between(long batchBytes)
    {
        var seed = Seeds.Next();
        using var folder = new TempFolder();
        var stored = new MemoryVolume();
        var options = new SpoolOptions { Folder = folder["spool"], Quiet = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(5), FirstPause = TimeSpan.FromMilliseconds(1), SyncNames = false, BatchBytes = batchBytes };
        await using var volume = new SpooledVolume(new SlowVolume(stored), options);
        var expected = new ConcurrentDictionary<string, string>();
        using var done = new CancellationTokenSource();
        var watcher = Task.Run(() => WatchAsync(volume, done.Token));
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => WorkAsync(volume, n, new Random(seed + n), expected))));
            await done.CancelAsync();
            await watcher;
            await volume.DrainAsync();
            foreach (var (path, content) in expected)
                Assert.Equal(content, await TextAsync(stored, path));
            var files = (await Volumes.VolumeSuite.LinesAsync(stored)).Where(l => !l.EndsWith('/')).Select(l => l.Split(' ')[0]);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), files);
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}: {e}");
        }
    }

    private static async Task WorkAsync(SpooledVolume volume, int number, Random random, ConcurrentDictionary<string, string> expected)
    {
        var top = $"t{number}";
        await volume.MakeFolderAsync(At(top));
        for (var step = 0; step < Steps; step++)
        {
            var (path, content) = ($"{top}/{random.Next(6)}", $"{number} {step} {new string('x', random.Next(200))}");
            switch (random.Next(5))
            {
                case 0:
                    Assert.Null(Assert.Single(await volume.PutAsync([New(path, content)])).Error);
                    expected[path] = content;
                    break;
                case 1:
                    await using (var file = await volume.OpenFileAsync(At(path), new OpenFileOptions { Write = true, Create = true, Truncate = true }))
                        await WriteAsync(file, content);
                    expected[path] = content;
                    break;
                case 2 when expected.ContainsKey(path):
                    await MoveAsync(volume, path, $"{top}/m{random.Next(3)}", expected);
                    break;
                case 3 when expected.TryRemove(path, out _):
                    Assert.Null(Assert.Single(await volume.RemoveAsync([At(path)])).Error);
                    break;
                default:
                    top = await RenameTopAsync(volume, top, expected);
                    break;
            }
        }
    }

    private static async Task MoveAsync(SpooledVolume volume, string from, string to, ConcurrentDictionary<string, string> expected)
    {
        Assert.Null(Assert.Single(await volume.MoveAsync([new VolumeMove(At(from), At(to))], replace: true)).Error);
        expected.TryRemove(from, out var content);
        expected[to] = content!;
    }

    private static async Task<string> RenameTopAsync(SpooledVolume volume, string top, ConcurrentDictionary<string, string> expected)
    {
        var renamed = top.EndsWith('r') ? top[..^1] : top + "r";
        Assert.Null(Assert.Single(await volume.MoveAsync([new VolumeMove(At(top), At(renamed))])).Error);
        foreach (var path in expected.Keys.Where(p => p.StartsWith(top + "/", StringComparison.Ordinal)).ToList())
        {
            expected.TryRemove(path, out var content);
            expected[renamed + path[top.Length..]] = content!;
        }

        foreach (var (path, content) in expected.Where(e => e.Key.StartsWith(renamed + "/", StringComparison.Ordinal)))
            Assert.Equal(content, await TextAsync(volume, path));
        return renamed;
    }

    /// <summary>The folders of all are always there, under one name or the other, each with what is in it.</summary>
    private static async Task WatchAsync(SpooledVolume volume, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            foreach (var entry in (await volume.ListAsync(VolumePath.Root, CancellationToken.None)).Entries)
                await Record.ExceptionAsync(() => volume.ListAsync(entry.Path, CancellationToken.None));
            Assert.NotNull(volume.State);
        }
    }

    private sealed class SlowVolume(IVolume inner) : VolumeDecorator(inner)
    {
        public override VolumeTraits Traits => Inner.Traits with { PutBatch = 10 };

        public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
        {
            var results = new List<ItemResult>();
            foreach (var file in files)
            {
                await Task.Yield();
                results.AddRange(await Inner.PutAsync([file], options, cancellationToken));
            }

            return results;
        }

        public override async Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var results = await Inner.MoveAsync(moves, replace, cancellationToken);
            await Task.Yield();
            return results;
        }
    }
}

using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>What a plan costs the machine grows as the trees do. Alone, because it weighs the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class PlanGrowthTests(ITestOutputHelper output)
{
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_times_the_files_take_ten_times_the_work(bool anew)
    {
        await WeighAsync(1_000, anew);
        var weights = new List<double>();
        foreach (var files in (int[])[1_000, 10_000, 100_000])
            weights.Add(await WeighAsync(files, anew) / (double)files);
        output.WriteLine($"bytes allocated a file: {string.Join(", ", weights.Select(w => w.ToString("0")))}");
        Assert.True(weights[2] < weights[1] * 1.5 && weights[1] < weights[0] * 1.5, string.Join(", ", weights));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plan_of_a_hundred_thousand_files_is_held_in_a_hundred_megabytes(bool anew)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (plan, _) = await PlanAsync(100_000, anew);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{held >> 20} MiB");
        Assert.Equal(100_000, plan.SourceFiles);
        Assert.InRange(held, 0, 100 << 20);
    }

    private static async Task<long> WeighAsync(int files, bool anew)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var (plan, lists) = await PlanAsync(files, anew);
        Assert.Equal((files / 100) + 1, lists);
        Assert.Equal(anew ? files : 0, plan.Transfers.Count);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static async Task<(SyncPlan Plan, int Lists)> PlanAsync(int files, bool anew)
    {
        var source = new WideVolume(files);
        var plan = await Trees.PlanAsync(source, anew ? new WideVolume(0) : new WideVolume(files), new SyncOptions { Kind = SyncKind.Sync });
        return (plan, source.Lists);
    }

    /// <summary>Folders of a hundred files each, made up when asked for.</summary>
    private sealed class WideVolume(int files) : VolumeDecorator(new MemoryVolume())
    {
        public int Lists { get; private set; }

        public override Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
        {
            Lists++;
            return Task.FromResult(new FolderContents([.. Enumerable.Range(0, folder.IsRoot ? files / 100 : 100).Select(i => folder.IsRoot
                ? new Entry(VolumePath.Parse($"folder-{i:00000}"), IsFolder: true)
                : new Entry(folder.Combine($"file-{i:00}.jpg"), IsFolder: false) { Size = i, ModTime = Trees.Then })]));
        }
    }
}

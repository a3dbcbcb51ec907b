using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>What holds of every plan, carried out on any two trees.</summary>
public sealed class PlanPropertyTests(ITestOutputHelper output)
{
    private const int Rounds = 80;

    [Fact]
    public Task A_sync_makes_the_destination_what_the_source_is() => ForAllAsync(async (random, source, destination) =>
    {
        var options = Options(random) with { Kind = SyncKind.Sync, EmptyFolders = true, TrackRenames = random.Next(2) == 0 };
        var wanted = await source.ReadAsync();
        var plan = await ApplyAsync(source, destination, options);
        Assert.Empty(plan.Notes);
        Assert.Equal(wanted, await destination.ReadAsync());
        Assert.True((await Trees.PlanAsync(source, destination, options)).IsEmpty);
    });

    [Fact]
    public Task A_copy_brings_every_file_and_takes_none() => ForAllAsync(async (random, source, destination) =>
    {
        var (wanted, before) = (Files(await source.ReadAsync()), Files(await destination.ReadAsync()));
        var plan = await ApplyAsync(source, destination, Options(random) with { Kind = SyncKind.Copy });
        var after = Files(await destination.ReadAsync());
        var failed = plan.Notes.Select(n => n.Path).ToList();
        Assert.All(wanted, f => Assert.True(after[f.Key] == f.Value || failed.Any(VolumePath.Parse(f.Key).IsWithin), f.Key));
        Assert.All(before.Where(f => !wanted.Contains(f.Key)), f => Assert.Equal(f.Value, after[f.Key]));
    });

    [Fact]
    public Task A_move_loses_nothing() => ForAllAsync(async (random, source, destination) =>
    {
        var wanted = Files(await source.ReadAsync());
        var plan = await ApplyAsync(source, destination, Options(random) with { Kind = SyncKind.Move, Update = random.Next(2) == 0, IgnoreExisting = random.Next(4) == 0 });
        await new PlanOnVolumes(source, destination).RemoveSourcesAsync(plan);
        var (left, after) = (Files(await source.ReadAsync()), Files(await destination.ReadAsync()));
        Assert.All(wanted, f => Assert.True(left[f.Key] == f.Value || after[f.Key] == f.Value, f.Key));
    });

    [Fact]
    public Task What_the_filter_leaves_out_stays_as_it_is() => ForAllAsync(async (random, source, destination) =>
    {
        var filter = Trees.Filter("- *.log", "- /b/**", "+ *");
        var before = Files(await destination.ReadAsync()).Where(f => Left(f.Key)).ToList();
        await ApplyAsync(source, destination, Options(random) with { Kind = SyncKind.Sync, Filter = filter, TrackRenames = random.Next(2) == 0 });
        Assert.Equal(before, Files(await destination.ReadAsync()).Where(f => Left(f.Key)));

        bool Left(string path) => !filter.Includes(new Entry(VolumePath.Parse(path), IsFolder: false)) || path.StartsWith("b/", StringComparison.Ordinal);
    });

    [Fact]
    public Task What_is_removed_or_replaced_lies_in_the_backup() => ForAllAsync(async (random, source, destination) =>
    {
        var before = Files(await destination.ReadAsync());
        var options = Options(random) with { Kind = SyncKind.Sync, BackupFolder = VolumePath.Parse("old"), Filter = Trees.Filter("- /old/**") };
        await ApplyAsync(source, destination, options);
        var after = Files(await destination.ReadAsync());
        Assert.All(before, f => Assert.True(after[f.Key] == f.Value || after["old/" + f.Key] == f.Value, f.Key));
    });

    [Fact]
    public Task A_destination_whose_listings_fail_or_are_old_loses_nothing() => ForAllAsync(async (random, source, destination) =>
    {
        var before = Files(await destination.ReadAsync());
        var (unsure, doubtful) = (Unsure(source, random), Unsure(destination, random));
        var plan = await Trees.PlanAsync(unsure, doubtful, new SyncOptions { Kind = SyncKind.Sync });
        await new PlanOnVolumes(source, destination).ApplyAsync(plan, DeleteOrder.After);
        var after = Files(await destination.ReadAsync());
        var doubt = unsure.Folders.Keys.Where(unsure.Listed.Contains).Concat(doubtful.Folders.Keys.Where(doubtful.Listed.Contains)).Select(VolumePath.Parse).ToList();
        var wanted = Files(await source.ReadAsync());
        Assert.All(before.Where(f => doubt.Any(VolumePath.Parse(f.Key).IsWithin) && !wanted.Contains(f.Key)), f => Assert.Equal(f.Value, after[f.Key]));
    });

    private static ScriptedVolume Unsure(MemoryVolume volume, Random random)
    {
        var name = new[] { "a", "b", "d" }[random.Next(3)];
        Func<FolderContents, FolderContents>[] ways =
        [
            _ => throw new IOException("bad disk"),
            c => c with { Failure = new FichierUnavailableException("down") },
            c => c with { Complete = false, Entries = [.. c.Entries.Where((_, i) => i % 2 == 0)] },
        ];
        return new ScriptedVolume(volume) { Folders = { [name] = ways[random.Next(3)] } };
    }

    private static SyncOptions Options(Random random) => new()
    {
        Compare = random.Next(2) == 0 ? Comparison.SizeAndTime : Comparison.Checksum,
        Deletes = random.Next(2) == 0 ? DeleteOrder.After : DeleteOrder.Before,
        Dedupe = random.Next(3) != 0,
    };

    private static async Task<SyncPlan> ApplyAsync(IVolume source, IVolume destination, SyncOptions options)
    {
        var plan = await Trees.PlanAsync(source, destination, options);
        await new PlanOnVolumes(source, destination).ApplyAsync(plan, options.Deletes);
        return plan;
    }

    private static FileMap Files(IEnumerable<string> tree) => new(tree.Where(f => f.Contains('=')).Select(f => f.Split('=', 2)).Select(f => KeyValuePair.Create(f[0], f[1])));

    private async Task ForAllAsync(Func<Random, MemoryVolume, MemoryVolume, Task> holds)
    {
        var first = Environment.ProcessId;
        for (var seed = first; seed < first + Rounds; seed++)
        {
            var random = new Random(seed);
            try
            {
                await holds(random, await RandomTrees.MakeAsync(random), await RandomTrees.MakeAsync(random));
            }
            catch
            {
                output.WriteLine($"seed {seed}");
                throw;
            }
        }
    }

    /// <summary>Contents by path; nothing where there is no file.</summary>
    private sealed class FileMap(IEnumerable<KeyValuePair<string, string>> files) : List<KeyValuePair<string, string>>(files)
    {
        public string this[string path] => Find(f => f.Key == path).Value ?? "";

        public bool Contains(string path) => Exists(f => f.Key == path);
    }
}

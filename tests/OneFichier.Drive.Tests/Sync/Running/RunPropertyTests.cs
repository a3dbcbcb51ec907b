using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>
/// Random trees, options, faults and deaths: after one clean run everything is as wanted, nothing is there twice, nothing that the filter leaves out was touched, and with a backup folder nothing is lost.
/// </summary>
public sealed class RunPropertyTests
{
    private const string Live = "live/";
    private const string Old = "old/";

    [Theory]
    [InlineData(1, 150)]
    [InlineData(1_000_001, 150)]
    public async Task A_clean_run_finishes_what_faults_interrupted(int seed, int rounds) => await RoundsAsync(seed, rounds, (round, _) => round.FaultyRunAsync());

    [Theory]
    [InlineData(2_000_001, 150)]
    [InlineData(3_000_001, 150)]
    public async Task A_clean_run_finishes_what_a_killed_one_began(int seed, int rounds) => await RoundsAsync(seed, rounds, (round, random) => round.KilledRunAsync(random.Next(1, 40), random.Next(3)));

    [Fact]
    public async Task Two_deaths_in_a_row_are_no_worse() => await RoundsAsync(4_000_001, 80, async (round, random) =>
    {
        await round.KilledRunAsync(random.Next(1, 40), random.Next(3));
        await round.KilledRunAsync(random.Next(1, 40), random.Next(3));
    });

    private static async Task RoundsAsync(int seed, int rounds, Func<Round, Random, Task> trouble)
    {
        for (var at = seed; at < seed + rounds; at++)
        {
            var round = await Round.MakeAsync(at);
            try
            {
                await trouble(round, new Random(-at));
                await round.CleanRunAsync();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {at}: {round.Wanted.Kind}, backup {round.Wanted.BackupFolder}, renames {round.Wanted.TrackRenames}, {round.Wanted.Deletes}", e);
            }
        }
    }

    private sealed class Round
    {
        private readonly MemoryVolume _source = new();
        private readonly MemoryVolume _destination = new();
        private readonly Random _random;
        private SortedSet<string> _sourceBefore = [];
        private SortedSet<string> _before = [];

        private Round(int seed)
        {
            _random = new Random(seed);
            var kind = (SyncKind)_random.Next(3);
            Wanted = new SyncOptions
            {
                Kind = kind,
                Filter = _random.Next(2) == 0 ? TreeFilter.Everything : new NoX(),
                BackupFolder = _random.Next(2) == 0 ? At(Old) : null,
                TrackRenames = kind == SyncKind.Sync && _random.Next(2) == 0,
                Deletes = (DeleteOrder)_random.Next(2),
            };
        }

        public SyncOptions Wanted { get; }

        public static async Task<Round> MakeAsync(int seed)
        {
            var round = new Round(seed);
            await round.FillAsync(round._source, "");
            await round.FillAsync(round._destination, Live);
            await round._destination.MakeFolderAsync(At(Live));
            (round._sourceBefore, round._before) = (await FilesAsync(round._source, ""), await FilesAsync(round._destination, Live));
            return round;
        }

        public async Task FaultyRunAsync()
        {
            var source = new FaultyVolume(_source, Faults(VolumeCall.Find, VolumeCall.Open, VolumeCall.Remove));
            var destination = new FaultyVolume(_destination, Faults(VolumeCall.Find, VolumeCall.Put, VolumeCall.Put, VolumeCall.Move, VolumeCall.Remove, VolumeCall.MakeFolder));
            await RunAsync(source, destination);
        }

        public async Task KilledRunAsync(int call, int moment)
        {
            var death = new Death(call, moment);
            await RunAsync(new MortalVolume(_source, death), new MortalVolume(_destination, death));
        }

        public async Task CleanRunAsync()
        {
            var result = await RunAsync(_source, _destination);
            Assert.Equal([], result.Failed);
            Assert.Equal([], result.Surprises);
            Assert.True(result.Complete);
            Assert.Equal(ExpectedDestination(), await FilesAsync(_destination, Live));
            Assert.Equal(Wanted.Kind == SyncKind.Move ? [.. _sourceBefore.Where(f => !Included(f))] : _sourceBefore, await FilesAsync(_source, ""));
            Assert.True((await PlanAsync()).IsEmpty);
            if (Wanted.BackupFolder is not null)
                Assert.Empty(Contents(_before).Except(Contents(await FilesAsync(_destination, ""))));
        }

        private static IEnumerable<string> Contents(IEnumerable<string> files) => files.Select(f => f.Split('=')[1]);

        private static async Task<SortedSet<string>> FilesAsync(IVolume volume, string root)
        {
            var all = await TreeAsync(volume, root);
            return new SortedSet<string>(all.Where(f => !f.EndsWith('/')).Select(f => f[root.Length..]), StringComparer.Ordinal);
        }

        private SortedSet<string> ExpectedDestination()
        {
            var taken = _sourceBefore.Where(Included).ToList();
            var names = taken.Select(f => f.Split('=')[0]).ToHashSet();
            var stays = _before.Where(f => !Included(f) || (Wanted.Kind != SyncKind.Sync && !names.Contains(f.Split('=')[0])));
            return new SortedSet<string>(taken.Concat(stays), StringComparer.Ordinal);
        }

        private bool Included(string file) => Wanted.Filter.Includes(new Entry(At(file.Split('=')[0]), IsFolder: false));

        private async Task FillAsync(MemoryVolume volume, string root)
        {
            for (var i = _random.Next(12); i > 0; i--)
            {
                var folder = string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => $"d{_random.Next(2)}/"));
                var content = _random.Next(10);
                await WriteAsync(volume, $"{root}{folder}{(_random.Next(4) == 0 ? "x" : "f")}{_random.Next(5)}", $"content {new string((char)('a' + content), content + 1)}", content);
            }
        }

        private IEnumerable<VolumeFault> Faults(params VolumeCall[] calls) => calls.SelectMany(call => Enumerable.Range(0, 2).Select(_ =>
            new VolumeFault(call, (FaultMoment)_random.Next(3), _random.Next(1, 8)) { InResults = _random.Next(2) == 0 })).DistinctBy(f => (f.Call, f.Nth)).ToList();

        private Task<SyncPlan> PlanAsync() => new SyncPlanner(new SyncTree(_source), new SyncTree(_destination, At(Live)), Wanted).PlanAsync();

        private async Task<SyncResult> RunAsync(IVolume source, IVolume destination)
        {
            var options = new RunOptions { Transfers = _random.Next(1, 4), RemoveEmptySourceFolders = _random.Next(2) == 0 };
            return await new SyncRunner(new SyncTree(source), new SyncTree(destination, At(Live)), Wanted, options).RunAsync(await PlanAsync());
        }
    }

    /// <summary>Leaves out files whose name begins with an x.</summary>
    private sealed class NoX : TreeFilter
    {
        public override bool Includes(Entry file) => !file.Name.StartsWith('x');

        public override bool Enters(VolumePath folder) => true;
    }
}

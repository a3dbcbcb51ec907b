using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>Whatever programs do, what is seen is what a simple disk would show, and in the end that is stored.</summary>
public sealed class SpoolModelTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>FICHIER_TEST_SEEDS=100-199 plays others.</summary>
    public static TheoryData<int> Seeds
    {
        get
        {
            var range = (Environment.GetEnvironmentVariable("FICHIER_TEST_SEEDS") ?? "1-12").Split('-');
            return [.. Enumerable.Range(int.Parse(range[0]), int.Parse(range[^1]) - int.Parse(range[0]) + 1)];
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task All_that_is_done_to_files_is_seen_and_stored_as_on_a_disk(int seed) => PlayAsync(seed, new MemoryVolume(), 200, faults: false);

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Sending_that_fails_again_and_again_loses_nothing(int seed)
    {
        var random = new Random(seed);
        var calls = new[] { VolumeCall.Put, VolumeCall.Remove, VolumeCall.MakeFolder };
        var faults = Enumerable.Range(0, 60).Select(_ => new VolumeFault(calls[random.Next(3)], (FaultMoment)random.Next(3), random.Next(1, 60)) { InResults = random.Next(2) == 0 });
        return PlayAsync(seed, new FaultyVolume(new MemoryVolume(), faults), 200, faults: true);
    }

    private async Task PlayAsync(int seed, IVolume inner, int steps, bool faults)
    {
        var work = new RandomFileWork(inner, _folder, new Random(seed), faults) { BatchBytes = seed % 2 == 0 ? 30 : 1000 };
        try
        {
            await work.RunAsync(steps);
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}: {e}\n{string.Join('\n', work.Log)}");
        }
    }
}

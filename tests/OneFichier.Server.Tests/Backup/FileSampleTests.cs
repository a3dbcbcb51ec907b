using OneFichier.Server.Backup;

namespace OneFichier.Server.Tests.Backup;

public sealed class FileSampleTests
{
    private static readonly DateTimeOffset Some = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_takes_the_same_files_and_another_seed_others()
    {
        Assert.Equal(Take(7, 10, 1000), Take(7, 10, 1000));
        Assert.NotEqual(Take(7, 10, 1000), Take(8, 10, 1000));
    }

    [Fact]
    public void Every_file_is_as_likely_as_the_others()
    {
        var taken = Enumerable.Range(0, 2000).SelectMany(seed => Take(seed, 5, 50)).CountBy(path => path).ToDictionary();
        Assert.Equal(50, taken.Count);
        Assert.All(taken.Values, times => Assert.InRange(times, 120, 280));
    }

    [Fact]
    public void Number_and_size_are_kept()
    {
        var sample = new FileSample(3, 100, new Random(1));
        foreach (var size in (long[])[101, 60, 60, 30, 5000])
            sample.Offer(new SnapshotFile($"/{size}", size, Some));
        var taken = sample.Taken();
        Assert.InRange(taken.Count, 1, 3);
        Assert.True(taken.Sum(f => f.Size) <= 100);
        Assert.Empty(Take(1, 0, 10));
    }

    [Fact]
    public void Fewer_files_than_asked_for_are_all_taken() => Assert.Equal(4, Take(3, 20, 4).Count);

    [Fact]
    public void A_name_that_is_no_text_is_passed_over()
    {
        var sample = new FileSample(3, 100, new Random(1));
        sample.Offer(new SnapshotFile("/broken\uFFFD", 1, Some));
        Assert.Empty(sample.Taken());
    }

    [Fact]
    public void The_newest_snapshot_of_this_machine_comes_before_newer_ones_of_others()
    {
        Snapshot[] all = [Of("a", "here", 1), Of("b", "here", 2), Of("c", "there", 3)];
        Assert.Equal(("b", "c", null), (Snapshot.LatestOf(all, "here")?.Id, Snapshot.LatestOf(all, "new")?.Id, Snapshot.LatestOf([], "here")?.Id));
    }

    private static Snapshot Of(string id, string host, int hour) => new(id, Some.AddHours(hour), host, [], []);

    private static List<string> Take(int seed, int count, int of)
    {
        var sample = new FileSample(count, 1 << 20, new Random(seed));
        for (var n = 0; n < of; n++)
            sample.Offer(new SnapshotFile($"/{n}", 1, Some));
        return [.. sample.Taken().Select(f => f.Path)];
    }
}

using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

public sealed class DedupePlanTests
{
    private static readonly WhirlpoolHash X = OneFichier.Hashing.Whirlpool.HashData("x"u8);
    private static readonly WhirlpoolHash Y = OneFichier.Hashing.Whirlpool.HashData("y"u8);

    [Theory]
    [InlineData(DedupeMode.Newest, "a2", "a1 a0")]
    [InlineData(DedupeMode.Oldest, "a0", "a2 a1")]
    [InlineData(DedupeMode.List, null, "")]
    public void Of_files_with_one_name_one_stays(DedupeMode mode, string? kept, string removed)
    {
        var plan = DedupePlan.ByName([File("d/a", 1, "a1"), File("d/a", 0, "a0"), File("d/b", 0, "b"), File("d/a", 2, "a2"), File("e/a", 0, "e")], mode);
        var group = Assert.Single(plan.Groups);
        Assert.Equal(["a2", "a1", "a0"], group.Files.Select(f => f.Id));
        Assert.Equal(kept, group.Kept?.Id);
        Assert.Equal(removed, string.Join(' ', plan.Removed.Select(f => f.Id)));
    }

    [Fact]
    public void Of_files_with_one_content_one_stays_wherever_they_are()
    {
        var plan = DedupePlan.ByContent([File("b", 1, "1", X), File("a/c", 2, "2", X), File("d", 3, "3", Y), File("e", 4, "4"), File("f", 5, "5", X) with { Size = 0 }, File("g", 5, "6", X) with { Size = 0 }], DedupeMode.Oldest);
        Assert.Equal(["2", "1"], Assert.Single(plan.Groups).Files.Select(f => f.Id));
        Assert.Equal("2", Assert.Single(plan.Removed).Id);
        Assert.Equal(7, plan.Bytes);
    }

    [Fact]
    public void Of_one_age_the_first_given_stays() =>
        Assert.Equal("2", Assert.Single(DedupePlan.ByName([File("a", 1, "1"), File("a", 1, "2")], DedupeMode.Newest).Removed).Id);

    [Fact]
    public void Groups_come_by_their_paths() =>
        Assert.Equal(["a", "b"], DedupePlan.ByName([File("b", 0, "1"), File("a", 0, "2"), File("b", 0, "3"), File("a", 0, "4")], DedupeMode.List).Groups.Select(g => g.Files[0].Path.ToString()));

    [Fact]
    public async Task A_folder_of_the_account_shows_the_hidden_ones_too()
    {
        await using var stage = await Stage.SetAsync();
        foreach (var content in (string[])["one", "two", "two"])
            stage.File("a.txt", content);
        var files = DedupePlan.FilesOf(await stage.Tree.ListAsync(VolumePath.Root, Refresh.Always)).ToList();
        Assert.Equal(3, Assert.Single(DedupePlan.ByName(files, DedupeMode.Newest).Groups).Files.Count);
        Assert.Equal(2, Assert.Single(DedupePlan.ByContent(files, DedupeMode.Newest).Groups).Files.Count);
    }

    private static Entry File(string path, int day, string id, WhirlpoolHash? checksum = null) =>
        new(VolumePath.Parse(path), IsFolder: false) { Size = 7, Created = Trees.Then.AddDays(day), Id = id, Checksum = checksum };
}

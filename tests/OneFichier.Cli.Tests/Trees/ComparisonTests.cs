namespace OneFichier.Cli.Tests.Trees;

/// <summary>What takes part in a copy and when two files are the same, as rclone has it; told by plans between two folders of the disk.</summary>
public sealed class ComparisonTests
{
    private static readonly DateTime Past = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Filters_choose_what_takes_part()
    {
        await using var desk = Desk.Alone();
        foreach (var name in (string[])["a.txt", "b.mkv", "sub/c.txt", "sub/deep/d.mkv"])
            desk.File($"src/{name}", name);

        File.SetLastWriteTimeUtc(Path.Combine(desk.Home, "src/a.txt"), Past);
        desk.File("list", "a.txt\nsub/c.txt\n# no.txt\nmissing.txt\n");
        Assert.Equal(["b.mkv", "sub/deep/d.mkv"], await PlannedAsync(desk, "--include", "*.mkv"));
        Assert.Equal(["a.txt", "sub/c.txt"], await PlannedAsync(desk, "--exclude", "*.mkv"));
        Assert.Equal(["sub/deep/d.mkv"], await PlannedAsync(desk, "--filter", "- *.txt", "--filter", "+ sub/**", "--filter", "- *"));
        Assert.Equal(["a.txt", "sub/c.txt"], await PlannedAsync(desk, "--files-from", "list"));
        Assert.Equal(["a.txt"], await PlannedAsync(desk, "--min-age", "1d"));
        Assert.Equal(["b.mkv", "sub/c.txt", "sub/deep/d.mkv"], await PlannedAsync(desk, "--max-age", "1d"));
        Assert.Equal(["sub/c.txt"], await PlannedAsync(desk, "--min-size", "9B", "--max-size", "10B"));
        Assert.Equal(["a.txt", "b.mkv"], await PlannedAsync(desk, "--max-depth", "1"));
    }

    [Fact]
    public async Task Sizes_times_and_contents_decide_as_the_flags_say()
    {
        await using var desk = Desk.Alone();
        Pair(desk, "same", "x", "x", sourceNewer: null);
        Pair(desk, "newer-other", "one", "two", sourceNewer: true);
        Pair(desk, "older-other", "one", "two", sourceNewer: false);
        Pair(desk, "hidden-other", "one", "two", sourceNewer: null);
        Pair(desk, "size", "longer", "long", sourceNewer: false);
        Assert.Equal(["newer-other", "older-other", "size"], await PlannedAsync(desk));
        Assert.Equal(["hidden-other", "newer-other", "older-other", "size"], await PlannedAsync(desk, "--checksum"));
        Assert.Equal(["size"], await PlannedAsync(desk, "--size-only"));
        Assert.Equal(["newer-other"], await PlannedAsync(desk, "--update"));
        Assert.Empty(await PlannedAsync(desk, "--ignore-existing"));
    }

    [Fact]
    public async Task Nothing_that_is_there_is_changed_where_it_must_not_be()
    {
        await using var desk = Desk.Alone();
        Pair(desk, "a.txt", "one", "two", sourceNewer: true);
        desk.File("src/new.txt", "new");
        desk.File("dst/gone.txt", "gone");
        Assert.Equal(6, (await desk.RunAsync("sync", "--immutable", "--dry-run", "src", "dst")).Code);
        var outcome = await desk.RunAsync("sync", "--immutable", "src", "dst");
        Assert.Equal(6, outcome.Code);
        Assert.Contains("a.txt: The file is there and differs", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1, outcome.Error.Split("was not removed").Length - 1);
        Assert.Equal(["a.txt", "gone.txt", "new.txt"], desk.OnDisk("dst"));
        Assert.Equal("two", desk.Read("dst/a.txt"));
    }

    [Fact]
    public async Task Links_of_the_disk_are_left_out_unless_they_are_to_be_followed()
    {
        await using var desk = Desk.Alone();
        desk.File("src/a.txt");
        File.CreateSymbolicLink(Path.Combine(desk.Home, "src/link"), Path.Combine(desk.Home, "src/a.txt"));
        Assert.Equal(["a.txt"], await PlannedAsync(desk));
        Assert.Equal(["a.txt", "link"], await PlannedAsync(desk, "--copy-links"));
    }

    [Fact]
    public async Task A_value_that_cannot_be_meant_is_refused_by_the_name_of_its_flag()
    {
        await using var desk = Desk.Alone();
        desk.File("src/a.txt");
        (string Flag, string Value)[] wrong =
        [
            ("--bwlimit", "fast"), ("--max-transfer", "much"), ("--max-duration", "long"), ("--min-age", "old"), ("--max-size", "big"), ("--include", "{a"), ("--files-from", "nowhere"), ("--suffix", "a/b"),
            ("--cutoff-mode", "gentle"), ("--checksum", "--size-only"),
        ];
        foreach (var (flag, value) in wrong)
        {
            var outcome = await desk.RunAsync("copy", flag, value, "src", "dst");
            Assert.Equal((flag, 2), (flag, outcome.Code));
            Assert.Contains(flag, outcome.Error, StringComparison.Ordinal);
        }

        Assert.Empty(desk.OnDisk("dst"));
    }

    private static void Pair(Desk desk, string name, string source, string there, bool? sourceNewer)
    {
        File.SetLastWriteTimeUtc(desk.File($"src/{name}", source), sourceNewer is true ? Past.AddDays(1) : Past);
        File.SetLastWriteTimeUtc(desk.File($"dst/{name}", there), sourceNewer is false ? Past.AddDays(1) : Past);
    }

    private static async Task<string[]> PlannedAsync(Desk desk, params string[] flags)
    {
        var outcome = (await desk.RunAsync(["copy", "--dry-run", "--json", .. flags, "src", "dst"])).Done();
        return [.. outcome.Events("step").Where(e => e.GetProperty("action").GetString() is "transfer" or "copy").Select(e => e.GetProperty("path").GetString()!).Order(StringComparer.Ordinal)];
    }
}

using OneFichier.Drive;

namespace OneFichier.Mount.Tests;

public sealed class FolderTests
{
    private readonly MemoryVolume _volume = new();

    [Fact]
    public async Task Ten_thousand_entries_are_each_listed_once()
    {
        await PutAsync(Enumerable.Range(0, 10_000).Select(n => $"d/file-{n:d5}"));
        await using var mounted = await OfAsync();
        Assert.Equal("10000\n10000\n10000 7\n", await mounted.RunAsync("""
            ls d | sort -u | wc -l; find d -type f | wc -l; ls -l d | awk 'NR>1 {n++; s[$5]=1} END {for (x in s) print n, x}'
            """));
    }

    [Fact]
    public async Task Removing_while_reading_misses_nothing()
    {
        await PutAsync(Enumerable.Range(0, 3_000).Select(n => $"d/{n % 7}/file-{n:d5}"));
        await using var mounted = await OfAsync();
        await mounted.RunAsync("rm -rf d; [ -z \"$(ls -A)\" ]");
    }

    [Fact]
    public async Task A_listing_under_way_does_not_undo_what_is_written_meanwhile()
    {
        await PutAsync(Enumerable.Range(0, 3_000).Select(n => $"d/file-{n:d5}"));
        await using var mounted = await OfAsync();
        await mounted.RunAsync("""
            find d -type f -newermt 2000-01-01 -exec sh -c 'for f; do printf "and more" >> "$f"; done' sh {} +
            [ "$(find d -type f -size -15c | wc -l)" = 0 ]; [ "$(cat d/* | wc -c)" = 45000 ]
            """);
    }

    [Fact]
    public async Task Names_of_every_kind_are_shown_as_they_are()
    {
        await PutAsync(["ü/ñ \"quoted\" $x `y`", "ü/ leading", "ü/new\nline", "ü/raw-\udcff\udc80"]);
        await using var mounted = await OfAsync();
        await mounted.RunAsync("""
            [ "$(ls ü | wc -l)" = 5 ]; [ "$(cat ü/raw-$'\xff\x80')" = content ]; [ "$(cat 'ü/ leading')" = content ]
            mv ü/raw-$'\xff\x80' ü/$'\xfe\xfd'; printf x > ü/$'\xc3\x28'
            """);
        Assert.NotNull(await _volume.FindAsync(VolumePath.Parse("ü/\udcfe\udcfd")));
        Assert.NotNull(await _volume.FindAsync(VolumePath.Parse("ü/\udcc3(")));
    }

    [Fact]
    public async Task Names_that_mean_something_else_here_are_left_out()
    {
        await PutAsync(["d/.", "d/..", "d/fine", $"d/{new string('n', 1025)}"]);
        await using var mounted = await OfAsync();
        Assert.Equal("fine\n", await mounted.RunAsync("ls -A d"));
    }

    [Fact]
    public async Task Numbers_of_files_stay_the_same_over_mounts_and_renames_and_no_two_share_one()
    {
        await PutAsync(["a", "b", "d/c"]);
        string before;
        await using (var mounted = await OfAsync())
            before = await mounted.RunAsync("stat -c %i a b d d/c");
        await using var again = await OfAsync();
        Assert.Equal(before, await again.RunAsync("stat -c %i a b d d/c"));
        await again.RunAsync("""
            i=$(stat -c %i a); mv a z; [ "$(stat -c %i z)" = $i ]; echo new > a; [ "$(stat -c %i a)" != $i ]; cp a y; ! cp a a 2> /dev/null
            """);
    }

    private async Task PutAsync(IEnumerable<string> paths)
    {
        var files = paths.Select(p => new NewFile(VolumePath.Parse(p), 7, _ => new ValueTask<Stream>(new MemoryStream("content"u8.ToArray())))).ToList();
        Assert.All(await _volume.PutAsync(files), r => Assert.Null(r.Error));
    }

    private Task<Mounted> OfAsync()
    {
        var files = new MemoryFiles(_volume, TimeProvider.System);
        return Mounted.OfAsync(files, files);
    }
}

using OneFichier.Drive;
using OneFichier.Gateways.Strm;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Strm;

public sealed class StrmTreeTests : IDisposable
{
    private static readonly Uri Gateway = new("http://nas:8080");

    private readonly TempFolder _home = new();

    private string Root => Path.Combine(_home.Path, "media");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_folder_is_kept_in_step_and_what_others_wrote_is_never_touched()
    {
        await UpdateAsync(File("films/a.mkv", "1"), File("films/b.mkv", "2"), File("series/s1/e1.mkv", "3"));
        await WriteAsync("films/a.nfo", "about a");
        await WriteAsync("series/s1/e1.jpg", "a picture");
        var before = System.IO.File.GetLastWriteTimeUtc(Path.Combine(Root, "films/a.strm"));

        var second = await UpdateAsync(File("films/a.mkv", "1"), File("films/b.mkv", "4"), File("films/c.mkv", "5"));

        Assert.Equal(
            [(StrmAct.Updated, "films/b.strm"), (StrmAct.Added, "films/c.strm"), (StrmAct.Removed, "series/s1/e1.strm")],
            second.Changes.Select(c => (c.Act, c.Path)));
        Assert.Equal(1, second.Unchanged);
        Assert.Equal(before, System.IO.File.GetLastWriteTimeUtc(Path.Combine(Root, "films/a.strm")));
        Assert.Equal(["films/a.nfo", "films/a.strm", "films/b.strm", "films/c.strm", "series/s1/e1.jpg"], OnDisk());
        Assert.Empty((await UpdateAsync(File("films/a.mkv", "1"), File("films/b.mkv", "4"), File("films/c.mkv", "5"))).Changes);
    }

    [Fact]
    public async Task Folders_that_were_made_go_when_they_are_empty_and_others_stay()
    {
        Directory.CreateDirectory(Path.Combine(Root, "mine"));
        await UpdateAsync(File("mine/a.mkv", "1"), File("theirs/deep/b.mkv", "2"));
        await UpdateAsync();
        Assert.Equal(["mine"], Directory.EnumerateDirectories(Root).Select(d => Path.GetFileName(d)!));
    }

    [Fact]
    public async Task A_file_of_the_user_in_the_place_of_one_is_left_alone_whether_it_was_there_or_came_by_a_change()
    {
        await WriteAsync("a.strm", "http://elsewhere/a\n");
        await UpdateAsync(File("a.mkv", "1"), File("b.mkv", "2"), File("c.mkv", "3"));
        await WriteAsync("b.strm", "changed by hand\n");
        await WriteAsync("c.strm", "changed by hand\n");

        var result = await UpdateAsync(File("a.mkv", "9"), File("b.mkv", "8"));

        Assert.Equal(["a.strm", "b.strm", "c.strm"], result.Changes.Where(c => c.Act == StrmAct.Kept).Select(c => c.Path));
        Assert.Equal(3, result.Changes.Count);
        Assert.Equal("http://elsewhere/a\n", await System.IO.File.ReadAllTextAsync(Path.Combine(Root, "a.strm")));
        Assert.Equal("changed by hand\n", await System.IO.File.ReadAllTextAsync(Path.Combine(Root, "c.strm")));
    }

    [Fact]
    public async Task Nothing_is_removed_when_not_everything_could_be_listed_and_the_next_run_makes_up_for_it()
    {
        await UpdateAsync(File("a.mkv", "1"), File("b.mkv", "2"));
        Assert.Empty((await new StrmTree(Root, Gateway).UpdateAsync([File("a.mkv", "1")], mayRemove: false)).Changes);
        Assert.Equal(["a.strm", "b.strm"], OnDisk());
        await UpdateAsync(File("a.mkv", "1"));
        Assert.Equal(["a.strm"], OnDisk());
    }

    [Fact]
    public async Task Two_files_that_would_be_one_keep_their_endings()
    {
        await UpdateAsync(File("film.mkv", "1"), File("film.mp4", "2"), File("Dr. Who.mkv", "3"), File("S01.Pilot", "4"));
        Assert.Equal(["Dr. Who.strm", "S01.strm", "film.mkv.strm", "film.mp4.strm"], OnDisk());
    }

    [Fact]
    public async Task A_lost_record_is_made_good_and_one_that_leads_elsewhere_is_refused()
    {
        await UpdateAsync(File("a.mkv", "1"), File("b.mkv", "2"));
        System.IO.File.Delete(Path.Combine(Root, ".fichier-strm.json"));
        Assert.Empty((await UpdateAsync(File("a.mkv", "1"), File("b.mkv", "2"))).Changes);
        await UpdateAsync(File("a.mkv", "1"));
        Assert.Equal(["a.strm"], OnDisk());

        await WriteAsync("../outside.strm", "x");
        await WriteAsync(".fichier-strm.json", """{"version":1,"files":{"../outside.strm":["2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"]},"folders":[]}""");
        await Assert.ThrowsAsync<InvalidDataException>(() => UpdateAsync(File("a.mkv", "1")));
        await WriteAsync(".fichier-strm.json", """{"version":2,"files":{},"folders":[]}""");
        Assert.Contains("newer", (await Assert.ThrowsAsync<InvalidDataException>(() => UpdateAsync(File("a.mkv", "1")))).Message, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(Path.Combine(_home.Path, "outside.strm")));
    }

    [Fact]
    public async Task A_run_that_was_cut_between_record_and_files_is_made_good_by_the_next()
    {
        await UpdateAsync(File("a.mkv", "1"), File("b.mkv", "2"));
        var old = await System.IO.File.ReadAllBytesAsync(Path.Combine(Root, "b.strm"));
        using var cut = new CancellationTokenSource();
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new StrmTree(Root, Gateway).UpdateAsync([File("b.mkv", "7"), File("c.mkv", "3")], cancellationToken: cut.Token));
        Assert.Equal(old, await System.IO.File.ReadAllBytesAsync(Path.Combine(Root, "b.strm")));

        await UpdateAsync(File("b.mkv", "7"), File("c.mkv", "3"));

        Assert.Equal(["b.strm", "c.strm"], OnDisk());
        Assert.NotEqual(old, await System.IO.File.ReadAllBytesAsync(Path.Combine(Root, "b.strm")));
    }

    [Fact]
    public async Task An_address_with_a_secret_is_for_the_owner_alone()
    {
        await new StrmTree(Root, new Uri("http://tv:secret@nas:8080/http/")).UpdateAsync([File("a b.mkv", "1")]);
        var path = Path.Combine(Root, "a b.strm");
        Assert.Matches("^http://tv:secret@nas:8080/http/f/[0-9a-f]{30}/a%20b\\.mkv\n$", await System.IO.File.ReadAllTextAsync(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Two_runs_at_once_are_refused_and_a_dry_one_writes_nothing()
    {
        Assert.Equal(StrmAct.Added, Assert.Single((await new StrmTree(Root, Gateway).UpdateAsync([File("a.mkv", "1")], dryRun: true)).Changes).Act);
        Assert.False(Directory.Exists(Root));
        await UpdateAsync(File("a.mkv", "1"));
        await using var other = new FileStream(Path.Combine(Root, ".fichier-strm.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        await Assert.ThrowsAsync<IOException>(() => UpdateAsync());
    }

    private Task<StrmResult> UpdateAsync(params StrmFile[] files) => new StrmTree(Root, Gateway).UpdateAsync(files);

    private static StrmFile File(string path, string id) => new(path, new Entry(VolumePath.Parse(path), IsFolder: false) { Id = id, Size = 1 });

    private async Task WriteAsync(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
        await System.IO.File.WriteAllTextAsync(Path.Combine(Root, path), content);
    }

    private string[] OnDisk() =>
    [
        .. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)).Where(f => !f.StartsWith(".fichier", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];
}

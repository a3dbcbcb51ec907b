using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Remote;

/// <summary>What the service does otherwise than a volume promises, and what is seen of it.</summary>
public sealed class RemoteVolumeRules
{
    private static readonly DateTimeOffset ModTime = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero).AddTicks(1234567);

    private static VolumePath At(string path) => VolumePath.Parse(path);

    private static NewFile File(string path, string content) =>
        new(At(path), content.Length, _ => new ValueTask<Stream>(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)))) { ModTime = ModTime };

    private static async Task<Entry> PutAsync(RemoteVolume volume, NewFile file) => (await volume.PutAsync([file]))[0] is var result && result.Error is null ? result.Entry! : throw result.Error!;

    private static async Task<Stage> WithThreeOfANameAsync()
    {
        var stage = await Stage.SetAsync();
        foreach (var content in (string[])["1", "22", "333"])
        {
            stage.File("docs/twice", content);
            stage.Time.Advance(60);
        }

        return stage;
    }

    [Fact]
    public async Task The_newest_of_a_name_is_shown_and_the_others_are_told_of()
    {
        await using var stage = await WithThreeOfANameAsync();
        var contents = await new RemoteVolume(stage.Tree).ListAsync(At("docs"));
        Assert.Equal(3, Assert.Single(contents.Entries).Size);
        Assert.Equal([2L, 1L], contents.Hidden.Select(e => e.Size));
        Assert.Contains("2 older files", Assert.Single(contents.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_put_takes_the_place_of_the_one_that_is_shown_and_keeps_the_others()
    {
        await using var stage = await WithThreeOfANameAsync();
        await PutAsync(new RemoteVolume(stage.Tree), File("docs/twice", "4444"));
        Assert.Equal([1L, 2L, 4L], stage.Control.Tree().Files.Select(f => f.Size).Order());
    }

    [Fact]
    public async Task A_removal_or_a_move_takes_all_of_the_name()
    {
        await using var stage = await WithThreeOfANameAsync();
        var volume = new RemoteVolume(stage.Tree);
        stage.Folder("to");
        Assert.Null((await volume.MoveAsync([new VolumeMove(At("docs/twice"), At("to/twice"))]))[0].Error);
        Assert.Equal(3, stage.Control.Tree().Files.Count(f => f.Path == "to/twice"));
        Assert.Equal(3, (await volume.FindAsync(At("to/twice")))!.Size);
        Assert.Null((await volume.MoveAsync([new VolumeMove(At("to/twice"), At("docs/other"))]))[0].Error);
        Assert.Equal((3L, 3), ((await volume.FindAsync(At("docs/other")))!.Size, stage.Control.Tree().Files.Count(f => f.Path == "docs/other")));
        Assert.Null((await volume.RemoveAsync([At("docs/other")]))[0].Error);
        Assert.Empty(stage.Control.Tree().Files);
    }

    [Fact]
    public async Task A_folder_hides_a_file_of_its_name_and_takes_it_along()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("docs/both", "a file");
        stage.File("docs/both/inside", "of the folder");
        var volume = new RemoteVolume(stage.Tree);
        var contents = await volume.ListAsync(At("docs"));
        Assert.True(Assert.Single(contents.Entries).IsFolder);
        Assert.Equal(6, Assert.Single(contents.Hidden).Size);
        Assert.Contains("'both' hides a file", Assert.Single(contents.Notes), StringComparison.Ordinal);
        Assert.All(await volume.RemoveAsync([At("docs/both/inside"), At("docs/both")]), r => Assert.Null(r.Error));
        Assert.Empty(stage.Control.Tree().Files);
    }

    [Fact]
    public async Task What_is_sent_by_number_takes_the_place_of_what_it_replaces_now_or_with_the_next_call()
    {
        await using var stage = await Stage.SetAsync();
        using var folder = new TempFolder();
        stage.File("docs/a", "old");
        var volume = new RemoteVolume(stage.Tree, new RemoteVolumeOptions { JournalFolder = folder["uploads"] });
        var view = await stage.Tree.ListAsync(RemotePath.Parse("docs"), Refresh.WhenOld);
        var upload = new FolderUpload(view.Id, [new UploadFile("a", 3, _ => new ValueTask<Stream>(new MemoryStream("new"u8.ToArray())))]);
        stage.Control.FailNext(FaultKind.Error, "file/rm", 50);
        await Assert.ThrowsAnyAsync<FichierException>(() => volume.SendAsync(upload, new Dictionary<string, SentFile> { ["a"] = new(ModTime, [view.Entries[0]]) }));
        Assert.Equal(2, stage.Control.Tree().Files.Count);

        stage.Control.ResetFaults();
        var shown = Assert.Single((await new RemoteVolume(stage.Tree, new RemoteVolumeOptions { JournalFolder = folder["uploads"] }).ListAsync(At("docs"))).Entries);
        Assert.Equal(ModTime, shown.ModTime);
        using var reader = new StreamReader(stage.Control.Open(Assert.Single(stage.Control.Tree().Files).Url));
        Assert.Equal("new", await reader.ReadToEndAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["uploads"]));
    }

    [Fact]
    public async Task A_listing_that_fails_is_the_last_good_one_marked_stale()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("docs/a");
        var volume = new RemoteVolume(stage.Tree);
        await volume.ListAsync(At("docs"));
        stage.Time.Advance(TimeSpan.FromHours(1));
        stage.Control.FailNext(FaultKind.Busy, "folder/ls", 10);
        var contents = await volume.ListAsync(At("docs"));
        Assert.True(contents.Stale);
        Assert.Equal("a", Assert.Single(contents.Entries).Name);
        Assert.Equal(stage.Time.GetUtcNow() - TimeSpan.FromHours(1), contents.AsOf);
        Assert.IsType<FichierUnavailableException>((await volume.PutAsync([File("docs/a", "x")]))[0].Error);
    }

    [Fact]
    public async Task Files_sent_into_a_folder_that_somebody_removed_come_back_into_it()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("docs/a");
        var volume = new RemoteVolume(stage.Tree);
        await volume.ListAsync(At("docs"));
        stage.Time.Advance(TimeSpan.FromMinutes(2));
        stage.Control.RemoveFolder("docs");

        var entry = await PutAsync(volume, File("docs/b", "content"));

        Assert.Equal("docs/b", Assert.Single(stage.Control.Tree().Files).Path);
        Assert.Equal(entry, await volume.FindAsync(At("docs/b")));
    }

    [Fact]
    public async Task A_volume_may_begin_at_a_folder()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree, new RemoteVolumeOptions { Start = stage.Folder("docs/mine") });
        await PutAsync(volume, File("a/b", "content"));
        await volume.MoveAsync([new VolumeMove(At("a/b"), At("c"))]);
        Assert.Equal("docs/mine/c", Assert.Single(stage.Control.Tree().Files).Path);
        Assert.Equal(["a", "c"], (await volume.ListAsync(VolumePath.Root)).Entries.Select(e => e.Path.ToString()));
        Assert.True((await volume.FindAsync(VolumePath.Root))!.IsFolder);
    }

    [Fact]
    public async Task A_time_in_the_description_is_read_by_another_machine_when_it_fetches()
    {
        await using var stage = await Stage.SetAsync();
        using var folder = new TempFolder();
        var options = new RemoteVolumeOptions { Times = TimesMode.Description };
        await PutAsync(new RemoteVolume(stage.Tree, options), File("a", "content"));
        Assert.Equal("mtime=2001-02-03T04:05:06.1234567Z", stage.Control.Tree().Files[0].Description);

        var other = new RemoteVolume(stage.NewTree(), options);
        var entry = (await other.FindAsync(At("a")))!;
        Assert.Null(entry.ModTime);
        await other.FetchAsync(entry, folder["a"]);
        Assert.Equal(ModTime.UtcDateTime, System.IO.File.GetLastWriteTimeUtc(folder["a"]));
        Assert.Equal(ModTime, (await other.FindAsync(At("a")))!.ModTime);
    }

    [Fact]
    public async Task Equal_times_are_described_in_one_request_and_a_persons_description_is_left_alone()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree, new RemoteVolumeOptions { Times = TimesMode.Description });
        await volume.PutAsync([.. Enumerable.Range(0, 50).Select(n => File($"{n}", $"{n}"))]);
        Assert.Equal(1, stage.Control.Counters.Endpoints["file/chattr"]);

        stage.File("mine");
        var mine = (await stage.Tree.ListAsync(VolumePath.Root, Refresh.Always)).Entries.Single(e => e.Name == "mine").File!.Link;
        await stage.Tree.Client.Files.SetAttributesAsync([mine], new FileAttributeChanges { Description = "my words" });
        var results = await volume.SetTimesAsync([((await volume.FindAsync(At("mine")))!, ModTime), ((await volume.FindAsync(At("7")))!, ModTime.AddDays(1))]);

        Assert.Equal([ModTime, ModTime.AddDays(1)], results.Select(r => r.Entry!.ModTime!.Value));
        Assert.Equal("my words", stage.Control.Tree().Files.Single(f => f.Name == "mine").Description);
        Assert.Equal("mtime=2001-02-04T04:05:06.1234567Z", stage.Control.Tree().Files.Single(f => f.Name == "7").Description);
    }

    [Fact]
    public async Task Without_times_the_time_of_storing_is_shown()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree, new RemoteVolumeOptions { Times = TimesMode.None });
        var entry = await PutAsync(volume, File("a", "content"));
        Assert.Equal((entry.Created, false, null), (entry.ModTime, volume.Traits.SetsTimes, volume.Traits.ModTimePrecision));
        Assert.IsType<NotSupportedException>((await volume.SetTimesAsync([(entry, ModTime)]))[0].Error);
    }

    [Fact]
    public async Task Content_that_is_stored_is_found_by_its_size_and_copied_from_another_account_too()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree);
        await PutAsync(volume, File("f/seven", "content"));
        await PutAsync(volume, File("f/none", ""));
        Assert.Equal([0L, 7L], volume.SizesHeld([0, 1, 7]).Order());
        var held = Assert.Single(volume.OfSize(7));
        stage.Control.ResetLog();

        Assert.Equal(7, (await volume.CopyAsync([(held, At("g/eight"))]))[0].Entry!.Size);
        Assert.Equal(0, (await volume.CopyAsync([(volume.OfSize(0)[0], At("g/none"))]))[0].Entry!.Size);
        Assert.Equal(0, stage.Control.Counters.Node);
        Assert.Equal(ModTime, (await volume.FindAsync(At("g/eight")))!.ModTime);
    }

    [Fact]
    public async Task A_file_is_fetched_proven_with_its_time_and_an_empty_one_without_a_request()
    {
        await using var stage = await Stage.SetAsync();
        using var folder = new TempFolder();
        var volume = new RemoteVolume(stage.Tree);
        var (full, none) = (await PutAsync(volume, File("f/full", "content")), await PutAsync(volume, File("f/none", "")));
        _ = stage.Cost;
        var events = new EventList();

        await volume.FetchAsync(full, folder["full"], new FetchOptions { Progress = events });
        await volume.FetchAsync(none, folder["none"]);

        Assert.Equal(1, stage.Cost);
        Assert.Equal("content", await System.IO.File.ReadAllTextAsync(folder["full"]));
        Assert.Equal(0, new FileInfo(folder["none"]).Length);
        Assert.All(["full", "none"], n => Assert.Equal(ModTime.UtcDateTime, System.IO.File.GetLastWriteTimeUtc(folder[n])));
        Assert.Equal("f/full", events.All.OfType<TransferEnded>().Single().Name);
    }
}

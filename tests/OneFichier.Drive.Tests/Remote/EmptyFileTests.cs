using OneFichier.Hashing;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Remote;

public sealed class EmptyFileTests
{
    private static UploadFile Empty(string name) => new(name, 0, _ => throw new InvalidOperationException("An empty file need not be opened."));

    [Fact]
    public async Task The_marker_has_the_checksum_it_is_known_by() =>
        Assert.Equal(EmptyFile.MarkerChecksum, await Whirlpool.HashDataAsync(new MemoryStream(EmptyFile.Marker.ToArray())));

    [Fact]
    public async Task An_empty_file_is_sent_as_the_marker_and_seen_as_empty()
    {
        await using var stage = await Stage.SetAsync();
        var events = new EventList();

        var outcome = Assert.Single(await stage.Tree.UploadAsync(new FolderUpload(FolderId.Root, [Empty("nothing")]) { Progress = events }));

        Assert.True(outcome.Proven);
        Assert.Equal((0L, WhirlpoolHash.Empty), (outcome.File.Length, outcome.Checksum!.Value));
        Assert.Equal(EmptyFile.Marker.Length, Assert.Single(stage.Control.Tree().Files).Size);
        Assert.All(events.All.OfType<TransferAdvanced>(), e => Assert.Equal((0L, 0L), (e.Done, e.Total)));
        await AssertShownEmptyAsync(stage, Refresh.WhenOld);
        await AssertShownEmptyAsync(stage, Refresh.Always);
    }

    [Fact]
    public async Task Only_size_and_checksum_together_make_the_marker()
    {
        await using var stage = await Stage.SetAsync();
        var almost = EmptyFile.Marker.ToArray();
        almost[^1] ^= 1;
        stage.Control.AddFile("almost", almost);
        stage.Control.AddFile("marker under any name", EmptyFile.Marker.Span);

        var shown = (await stage.Tree.ListAsync(VolumePath.Root)).Entries;

        Assert.Equal([almost.Length, 0L], shown.Select(e => e.File!.Size));
        Assert.Equal([almost.Length, EmptyFile.Marker.Length], shown.Select(e => e.File!.StoredSize));
    }

    [Fact]
    public async Task Reading_an_empty_file_asks_nobody()
    {
        await using var stage = await Stage.SetAsync();
        using var folder = new TempFolder();
        stage.Control.AddFile("nothing", EmptyFile.Marker.Span);
        var source = DownloadSource.Of((await stage.Tree.GetFileAsync(VolumePath.Parse("nothing"))).File!);
        _ = stage.Cost;

        await using var stream = stage.Tree.Client.Transfers.OpenRead(source);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        Assert.True((await stage.Tree.Client.Transfers.DownloadAsync(source, folder["nothing"])).Proven);

        Assert.Equal(0, new FileInfo(folder["nothing"]).Length);
        Assert.Equal((0L, 0L), (stage.Cost, stage.Control.Counters.Download));
    }

    [Fact]
    public async Task Copies_and_moves_of_empty_files_stay_empty_also_when_the_answer_is_lost()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.AddFile("nothing", EmptyFile.Marker.Span);
        stage.Folder("to");
        var file = await stage.Tree.GetFileAsync(VolumePath.Parse("nothing"));
        stage.Control.FailNext(Sandbox.FaultKind.CutAfter, "file/cp");

        Assert.Single(await stage.Tree.CopyFilesAsync([file.File!], VolumePath.Parse("to")));
        await stage.Tree.MoveAsync(VolumePath.Parse("nothing"), VolumePath.Parse("to/moved"));

        Assert.All((await stage.Tree.ListAsync(VolumePath.Parse("to"))).Entries, e => Assert.Equal(0, e.File!.Size));
    }

    private static async Task AssertShownEmptyAsync(Stage stage, Refresh refresh)
    {
        var file = Assert.Single((await stage.Tree.ListAsync(VolumePath.Root, refresh)).All).File!;
        Assert.Equal((0L, WhirlpoolHash.Empty), (file.Size, file.Checksum!.Value));
        Assert.Equal((EmptyFile.Marker.Length, EmptyFile.MarkerChecksum), (file.StoredSize, file.StoredChecksum!.Value));
    }
}

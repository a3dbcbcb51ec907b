using OneFichier.Drive.Index;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Remote;

/// <summary>Uploads that are killed at each point, and the run after.</summary>
public sealed class UploadRecoveryTests : IDisposable
{
    private static readonly DateTimeOffset ModTime = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly TempFolder _state = new();

    public void Dispose() => _state.Dispose();

    [Theory]
    [InlineData("after /upload.cgi")]
    [InlineData("before /end.pl")]
    [InlineData("after /end.pl")]
    [InlineData("before /v1/file/rm.cgi")]
    [InlineData("after /v1/file/rm.cgi")]
    public async Task What_had_arrived_is_adopted_and_not_sent_again(string point)
    {
        await using var stage = await KilledAsync(point);

        var shown = (await Volume(stage).ListAsync(VolumePath.Parse("docs"))).Entries;

        Assert.Equal([("a", 11L), ("b", 300_000L), ("empty", 0L)], shown.Select(e => (e.Name, e.Size)));
        Assert.All(shown, e => Assert.Equal(ModTime, e.ModTime));
        AssertSettled(stage);
        Assert.InRange(stage.Cost, 1, 2);
    }

    [Theory]
    [InlineData("after /upload.cgi")]
    [InlineData("before /end.pl")]
    public async Task Where_the_report_is_lost_the_folder_is_looked_into(string point)
    {
        await using var stage = await KilledAsync(point);
        stage.Control.FailNext(FaultKind.NoLinks, "end.pl", 4);

        var shown = (await Volume(stage).ListAsync(VolumePath.Parse("docs"))).Entries;

        Assert.All(shown, e => Assert.Equal(ModTime, e.ModTime));
        AssertSettled(stage);
        Assert.InRange(stage.Cost, 1, 2);
    }

    [Theory]
    [InlineData("reading")]
    [InlineData("before /upload.cgi")]
    [InlineData("before /v1/upload/get_upload_server.cgi")]
    public async Task What_was_never_sent_whole_leaves_everything_as_it_was_and_can_be_put_again(string point)
    {
        await using var stage = await KilledAsync(point);

        var shown = Assert.Single((await Volume(stage).ListAsync(VolumePath.Parse("docs"))).Entries);

        Assert.Equal("old".Length, shown.Size);
        Assert.Equal(1, stage.Cost);
        Assert.Empty(Journals());
        await RunChildAsync(stage, "nowhere");
        AssertSettled(stage);
    }

    [Fact]
    public async Task Two_that_recover_at_once_do_no_harm()
    {
        await using var stage = await KilledAsync("before /v1/file/rm.cgi");
        var volumes = Enumerable.Range(0, 4).Select(_ => Volume(stage)).ToList();

        await Task.WhenAll(volumes.Select(v => Task.Run(() => v.ListAsync(VolumePath.Parse("docs")))));

        AssertSettled(stage);
    }

    [Fact]
    public async Task A_folder_that_is_gone_meanwhile_ends_the_matter()
    {
        await using var stage = await KilledAsync("before /v1/file/rm.cgi");
        stage.Control.RemoveFolder("docs");

        Assert.Empty((await Volume(stage).ListAsync(VolumePath.Root)).Entries);
        Assert.Empty(Journals());
    }

    [Fact]
    public async Task A_file_that_was_put_elsewhere_meanwhile_is_not_removed()
    {
        await using var stage = await KilledAsync("before /v1/file/rm.cgi");
        var old = stage.Control.Tree().Files.Single(f => f.Size == "old".Length);
        stage.Control.RenameFile(old.Url, "kept by hand");

        var shown = (await Volume(stage).ListAsync(VolumePath.Parse("docs"))).Entries;

        Assert.Contains(shown, e => e.Name == "kept by hand");
        Assert.Equal(4, shown.Count);
    }

    [Fact]
    public async Task What_the_node_has_stored_wrongly_is_removed()
    {
        await using var stage = await KilledAsync("before /end.pl");
        var journal = Assert.Single(Journals());
        var sum = stage.Control.Tree().Files.Single(f => f.Name == "b").Checksum;
        await File.WriteAllTextAsync(journal, (await File.ReadAllTextAsync(journal)).Replace(sum, WhirlpoolHash.Empty.ToString(), StringComparison.Ordinal));

        var shown = (await Volume(stage).ListAsync(VolumePath.Parse("docs"))).Entries;

        Assert.Equal(["a", "empty"], shown.Select(e => e.Name));
    }

    [Fact]
    public async Task A_journal_of_the_future_is_left_alone_and_one_that_is_none_is_dropped()
    {
        await using var stage = await Stage.SetAsync();
        Directory.CreateDirectory(_state["uploads"]);
        await File.WriteAllTextAsync(_state["uploads/future.journal"], "{\"version\":2}\n");
        await File.WriteAllTextAsync(_state["uploads/torn.journal"], "{\"version\":1,\"beg");
        await File.WriteAllTextAsync(_state["uploads/other.journal"], "hello\n");

        await Volume(stage).ListAsync(VolumePath.Root);

        Assert.Equal([_state["uploads/future.journal"]], Journals());
    }

    [Fact]
    public async Task A_journal_that_was_never_born_is_cleared_away_unless_somebody_has_it()
    {
        await using var stage = await Stage.SetAsync();
        Directory.CreateDirectory(_state["uploads"]);
        await File.WriteAllTextAsync(_state["uploads/dead.new"], "{\"version\":1,\"beg");
        await using var held = new FileStream(_state["uploads/held.new"], FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        await Volume(stage).ListAsync(VolumePath.Root);

        Assert.Equal([_state["uploads/held.new"]], Journals());
    }

    [Fact]
    public async Task A_session_without_trace_whose_files_are_sent_again_is_over()
    {
        await using var stage = await KilledAsync("before /end.pl");
        foreach (var file in stage.Control.Tree().Files.Where(f => f.Size != "old".Length))
            stage.Control.RemoveFile(file.Url);
        stage.Control.FailNext(FaultKind.NoLinks, "end.pl", 4);
        var volume = Volume(stage);
        await volume.ListAsync(VolumePath.Parse("docs"));
        Assert.Single(Journals());
        stage.Control.ResetFaults();

        NewFile Again(string name, int length) => new(VolumePath.Parse("docs/" + name), length, _ => new ValueTask<Stream>(new MemoryStream(new byte[length])));
        Assert.All(await volume.PutAsync([Again("a", 3), Again("b", 4)]), r => Assert.Null(r.Error));
        Assert.Single(Journals());
        Assert.All(await volume.PutAsync([Again("a", 5), Again("b", 6), Again("empty", 7)]), r => Assert.Null(r.Error));
        Assert.Empty(Journals());
    }

    [Fact]
    public async Task What_shows_its_trace_late_is_found_without_a_restart()
    {
        await using var stage = await KilledAsync("before /end.pl", FaultKind.Lag);
        stage.Control.FailNext(FaultKind.Error, "end.pl", 4);
        var volume = Volume(stage);
        Assert.Single((await volume.ListAsync(VolumePath.Parse("docs"))).Entries);
        stage.Control.ResetFaults();
        stage.Time.Advance(16);
        Assert.Equal([("a", 11L), ("b", 300_000L), ("empty", 0L)], (await volume.ListAsync(VolumePath.Parse("docs"))).Entries.Select(e => (e.Name, e.Size)));
        AssertSettled(stage);
    }

    [Fact]
    public async Task What_is_adopted_is_not_seen_before_what_came_after_it()
    {
        await using var stage = await KilledAsync("before /end.pl", FaultKind.Lag);
        stage.Control.FailNext(FaultKind.Error, "end.pl", 4);
        stage.Time.Advance(1);
        Assert.Null((await Volume(stage).PutAsync([Staging.SpoolBench.New("docs/a", "later")]))[0].Error);
        Assert.Single(Journals());
        stage.Control.ResetFaults();
        stage.Time.Advance(1);
        Assert.Equal([("a", 5L), ("b", 300_000L), ("empty", 0L)], (await Volume(stage).ListAsync(VolumePath.Parse("docs"))).Entries.Select(e => (e.Name, e.Size)));
        Assert.Empty(Journals());
    }

    [Fact]
    public async Task The_journal_of_a_living_upload_is_its_own()
    {
        await using var stage = await Stage.SetAsync();
        var (opened, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = new NewFile(VolumePath.Parse("slow"), 4, async _ =>
        {
            opened.SetResult();
            await go.Task;
            return new MemoryStream("slow"u8.ToArray());
        });
        var put = Volume(stage).PutAsync([slow]);
        await opened.Task;

        await Volume(stage).ListAsync(VolumePath.Root);

        Assert.Single(Journals());
        go.SetResult();
        Assert.Null((await put)[0].Error);
        Assert.Empty(Journals());
    }

    [Fact]
    public async Task A_put_that_was_cancelled_before_its_end_had_left_costs_nothing_afterwards()
    {
        await using var stage = await Stage.SetAsync();
        using var stop = new CancellationTokenSource();
        var volume = Volume(stage);
        var file = new NewFile(VolumePath.Parse("a"), 3, _ => new ValueTask<Stream>(new MemoryStream("new"u8.ToArray()))) { ModTime = ModTime };

        await volume.ListAsync(VolumePath.Root);
        _ = stage.Cost;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => volume.PutAsync([file], new PutOptions { Progress = new Cancelling(stop) }, stop.Token));
        Assert.Empty((await volume.ListAsync(VolumePath.Root)).Entries);
        Assert.Equal(1, stage.Cost);
        Assert.Empty(Journals());
        Assert.Null((await volume.PutAsync([file]))[0].Error);
        Assert.Equal("a", Assert.Single(stage.Control.Tree().Files).Name);
    }

    private string[] Journals() => Directory.Exists(_state["uploads"]) ? Directory.GetFiles(_state["uploads"]) : [];

    private void AssertSettled(Stage stage)
    {
        Assert.Equal(["docs/a", "docs/b", "docs/empty"], stage.Control.Tree().Files.Select(f => f.Path));
        Assert.Equal("new content".Length, stage.Control.Tree().Files[0].Size);
        Assert.Equal(0, stage.Control.Counters.SentTwice);
        Assert.Empty(Journals());
    }

    private RemoteVolume Volume(Stage stage) =>
        new(stage.NewTree(stage.Own(new SqliteListingStore(_state["index.db"], stage.Time))), new RemoteVolumeOptions { JournalFolder = _state["uploads"] });

    private async Task<Stage> KilledAsync(string point, FaultKind? fault = null)
    {
        var stage = await Stage.SetAsync();
        stage.File("docs/a", "old");
        if (fault is { } kind)
            stage.Control.FailNext(kind, "upload.cgi");
        using (var child = Child(stage, point))
        {
            Assert.Equal("standing", await child.StandardOutput.ReadLineAsync());
            child.Kill();
            await child.WaitForExitAsync();
        }

        _ = stage.Cost;
        return stage;
    }

    private async Task RunChildAsync(Stage stage, string point)
    {
        using var child = Child(stage, point);
        Assert.Equal("done\ndone\ndone\n", await child.StandardOutput.ReadToEndAsync());
        await child.WaitForExitAsync();
    }

    private System.Diagnostics.Process Child(Stage stage, string point) =>
        ChildProgram.Start("UploadChild", [stage.Service.ApiBase.ToString(), SandboxOptions.DefaultKey, _state.Path, stage.Time.GetUtcNow().ToString("O"), point]);

    private sealed class Cancelling(CancellationTokenSource stop) : IProgress<TransferEvent>
    {
        public void Report(TransferEvent value)
        {
            if (value is TransferAdvanced)
                stop.Cancel();
        }
    }
}

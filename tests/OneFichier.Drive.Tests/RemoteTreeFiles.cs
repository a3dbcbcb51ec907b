using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests;

public sealed class RemoteTreeFiles
{
    private static VolumePath At(string path) => VolumePath.Parse(path);

    private static async Task<List<RemoteEntry>> FilesAsync(Stage stage, string folder) =>
        [.. (await stage.Tree.ListAsync(At(folder))).All.Where(e => !e.IsFolder)];

    [Fact]
    public async Task Files_of_several_folders_are_removed_in_one_request_a_batch()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "", Folders = 5, Files = 120, FileSize = 1 });
        var files = (await stage.Tree.WalkAsync(VolumePath.Root).ToListAsync()).SelectMany(v => v.Entries).Where(e => !e.IsFolder).ToList();
        _ = stage.Cost;
        await stage.Tree.RemoveFilesAsync(files);
        Assert.Equal(2, stage.Cost);
        Assert.Empty(stage.Control.Tree().Files);
        Assert.All(await stage.Tree.WalkAsync(VolumePath.Root).Skip(1).ToListAsync(), v => Assert.Empty(v.Entries));
        Assert.Equal(0, stage.Cost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_gone_already_keep_no_others_from_being_removed(bool allOrNothing)
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { BatchesAreAllOrNothing = allOrNothing });
        var links = Enumerable.Range(0, 20).Select(n => stage.File($"{n}.txt")).ToList();
        var files = await FilesAsync(stage, "");
        stage.Control.RemoveFile(links[3].Url);
        stage.Control.RemoveFile(links[17].Url);
        await stage.Tree.RemoveFilesAsync(files);
        Assert.Empty(stage.Everything());
        Assert.InRange(stage.Cost, 1, 4);
    }

    [Fact]
    public async Task Under_a_lagging_listing_a_removal_still_ends()
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { BatchesAreAllOrNothing = true, ListLag = TimeSpan.FromSeconds(20) });
        stage.Time.Advance(60);
        var links = Enumerable.Range(0, 20).Select(n => stage.File($"{n}.txt")).ToList();
        stage.Time.Advance(60);
        var files = await FilesAsync(stage, "");
        stage.Control.RemoveFile(links[3].Url);
        await stage.Tree.RemoveFilesAsync(files);
        Assert.Empty(stage.Everything());
        Assert.Empty((await stage.Tree.ListAsync(VolumePath.Root, Refresh.Always)).Entries);
    }

    [Fact]
    public async Task Own_writes_win_over_a_listing_that_lags_and_the_service_is_believed_after()
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { ListLag = TimeSpan.FromSeconds(40) });
        stage.File("old.txt");
        stage.Folder("to");
        stage.Time.Advance(60);
        await stage.Tree.MoveAsync(At("old.txt"), At("to/moved.txt"));
        stage.Time.Advance(10);
        Assert.Equal(["to"], (await stage.Tree.ListAsync(VolumePath.Root, Refresh.Always)).Entries.Select(e => e.Name));
        Assert.Equal(["moved.txt"], (await stage.Tree.ListAsync(At("to"), Refresh.Always)).Entries.Select(e => e.Name));
        stage.Time.Advance(60);
        stage.Control.RemoveFile(stage.Control.Tree().Files.Single().Url);
        stage.Time.Advance(60);
        Assert.Empty((await stage.Tree.ListAsync(At("to"), Refresh.Always)).Entries);
    }

    [Fact]
    public async Task A_longer_lag_is_learnt_when_it_is_seen()
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { ListLag = TimeSpan.FromSeconds(50) });
        stage.File("a.txt");
        stage.Folder("to");
        stage.Time.Advance(60);
        await stage.Tree.MoveAsync(At("a.txt"), At("to/a.txt"));
        stage.Time.Advance(45);
        await stage.Tree.ListAsync(At("to"), Refresh.Always);
        stage.Time.Advance(10);
        await stage.Tree.ListAsync(At("to"), Refresh.Always);
        Assert.Equal(TimeSpan.FromSeconds(45), stage.Store.ObservedLag);
    }

    [Fact]
    public async Task Recorded_uploads_show_without_a_request_and_are_the_newest_of_their_name()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Advance(TimeSpan.FromMinutes(3));
        var old = stage.File("a.txt", "old");
        await stage.Tree.ListAsync(VolumePath.Root);
        _ = stage.Cost;
        var link = FileLink.FromId("brandnew00000000001");
        var modified = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);
        stage.Tree.RecordUploads(FolderId.Root, [new UploadedFile(link, "a.txt", 3)], _ => modified);
        var all = await stage.Tree.FindAllAsync(At("a.txt"));
        Assert.Equal([link, old], all.Select(e => e.File!.Link));
        Assert.Equal(modified, all[0].File!.ModTime);
        Assert.Equal(0, stage.Cost);
    }

    [Fact]
    public async Task Moving_files_costs_one_request_a_batch_and_shows_at_once()
    {
        await using var stage = await Stage.SetAsync();
        for (var n = 0; n < 5; n++)
            stage.File($"from/{n}.txt");
        stage.Folder("to");
        var files = await FilesAsync(stage, "from");
        await stage.Tree.ListAsync(At("to"));
        _ = stage.Cost;
        await stage.Tree.MoveFilesAsync(files, At("to"));
        Assert.Equal(1, stage.Cost);
        Assert.Equal(5, (await FilesAsync(stage, "to")).Count);
        Assert.Empty(await FilesAsync(stage, "from"));
        Assert.Equal(0, stage.Cost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_gone_already_are_named_after_the_others_have_moved(bool allOrNothing)
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { BatchesAreAllOrNothing = allOrNothing });
        var links = Enumerable.Range(0, 8).Select(n => stage.File($"from/{n}.txt")).ToList();
        stage.Folder("to");
        var files = await FilesAsync(stage, "from");
        stage.Control.RemoveFile(links[5].Url);
        var e = await Assert.ThrowsAsync<PathNotFoundException>(() => stage.Tree.MoveFilesAsync(files, At("to")));
        Assert.Equal("from/5.txt", e.Path.ToString());
        Assert.Equal(7, (await FilesAsync(stage, "to")).Count);
        Assert.Empty(await FilesAsync(stage, "from"));
    }

    [Fact]
    public async Task Moves_and_renames_of_a_file_cost_one_request_each_and_keep_the_link()
    {
        await using var stage = await Stage.SetAsync();
        var link = stage.File("a.txt");
        stage.Folder("to");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        _ = stage.Cost;
        await stage.Tree.RenameAsync(At("a.txt"), "it's.txt");
        await stage.Tree.MoveAsync(At("it's.txt"), At("to/it's.txt"));
        await stage.Tree.MoveAsync(At("to/it's.txt"), At("b.txt"));
        await stage.Tree.MoveAsync(At("b.txt"), At("b.txt"));
        Assert.Equal(3, stage.Cost);
        Assert.Equal(link, (await stage.Tree.GetFileAsync(At("b.txt"))).File!.Link);
        Assert.Equal(["b.txt", "to/"], stage.Everything());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_name_that_is_taken_is_refused_replaced_or_doubled_as_asked(bool serviceRefuses)
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { RefuseExistingFileName = serviceRefuses });
        var mine = stage.File("a.txt", "mine");
        stage.File("b.txt", "theirs");
        stage.Folder("c.txt");
        await Assert.ThrowsAsync<NameTakenException>(() => stage.Tree.MoveAsync(At("a.txt"), At("b.txt")));
        await Assert.ThrowsAsync<NameTakenException>(() => stage.Tree.MoveAsync(At("a.txt"), At("c.txt"), NameClash.Replace));
        Assert.Equal(["a.txt", "b.txt", "c.txt/"], stage.Everything());
        await stage.Tree.MoveAsync(At("a.txt"), At("b.txt"), NameClash.Replace);
        Assert.Equal(["b.txt", "c.txt/"], stage.Everything());
        Assert.Equal(mine, Assert.Single(await stage.Tree.FindAllAsync(At("b.txt"))).File!.Link);
        stage.File("d.txt");
        stage.Time.Advance(60);
        if (serviceRefuses)
            return;
        await stage.Tree.MoveAsync(At("d.txt"), At("b.txt"), NameClash.KeepBoth);
        Assert.Equal(2, (await stage.Tree.FindAllAsync(At("b.txt"))).Count);
    }

    [Fact]
    public async Task A_move_whose_answer_is_lost_is_done()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a.txt");
        stage.Folder("to");
        stage.Control.FailNext(FaultKind.CutAfter, "file/mv");
        await stage.Tree.MoveAsync(At("a.txt"), At("to/b.txt"));
        stage.Control.FailNext(FaultKind.CutAfter, "file/rename");
        await stage.Tree.RenameAsync(At("to/b.txt"), "c.txt");
        Assert.Equal(["to/", "to/c.txt"], stage.Everything());
        Assert.Equal(["c.txt"], (await FilesAsync(stage, "to")).Select(e => e.Name));
    }

    [Fact]
    public async Task A_file_replaced_behind_our_back_is_moved_as_it_is_now()
    {
        await using var stage = await Stage.SetAsync();
        var old = stage.File("a.txt", "old");
        stage.Folder("to");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        stage.Control.RemoveFile(old.Url);
        var late = stage.File("a.txt", "late");
        await stage.Tree.MoveAsync(At("a.txt"), At("to/a.txt"));
        Assert.Equal(late, (await stage.Tree.GetFileAsync(At("to/a.txt"))).File!.Link);
    }

    [Fact]
    public async Task Copies_come_on_the_service_with_links_of_their_own()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("from/a.txt");
        stage.File("from/b.txt");
        stage.Folder("to");
        var files = await FilesAsync(stage, "from");
        await stage.Tree.ListAsync(At("to"));
        _ = stage.Cost;
        var copies = await stage.Tree.CopyFilesAsync([.. files.Select(f => f.File!)], At("to"));
        Assert.Equal(copies.Select(c => c.To.Id).Order(), (await FilesAsync(stage, "to")).Select(e => e.File!.Link.Id).Order());
        Assert.Equal(1, stage.Cost);
        Assert.Equal(4, stage.Control.Tree().Files.Count);
    }

    [Fact]
    public async Task A_file_that_is_copied_to_where_it_lies_comes_to_light_from_behind_those_that_hide_it()
    {
        await using var stage = await Stage.SetAsync();
        var wanted = stage.File("to/a.txt", "wanted");
        stage.Control.Advance(TimeSpan.FromMinutes(1));
        stage.File("to/a.txt", "in its way");
        stage.Control.Advance(TimeSpan.FromMinutes(1));
        stage.File("to/a.txt", "in its way too");
        var hidden = (await FilesAsync(stage, "to")).Single(e => e.File!.Link == wanted);
        var copy = Assert.Single(await stage.Tree.CopyFilesAsync([hidden.File!], At("to"), NameClash.Replace));
        Assert.Equal(copy.From, copy.To);
        Assert.Equal(wanted, Assert.Single(await FilesAsync(stage, "to")).File!.Link);
        Assert.Equal(wanted.Url, Assert.Single(stage.Control.Tree().Files).Url);
    }

    [Fact]
    public async Task A_copy_whose_answer_is_lost_is_found_and_not_made_again()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a.txt");
        stage.Folder("to");
        var file = await stage.Tree.GetFileAsync(At("a.txt"));
        stage.Control.FailNext(FaultKind.CutAfter, "file/cp");
        var copies = await stage.Tree.CopyFilesAsync([file.File!], At("to"), options: new FileCopyOptions { Rename = "b.txt" });
        Assert.Single(copies);
        Assert.Equal(["a.txt", "to/", "to/b.txt"], stage.Everything());
    }

    [Fact]
    public async Task Links_of_anybody_can_be_copied_in()
    {
        await using var stage = await Stage.SetAsync();
        var link = stage.File("a.txt");
        stage.Folder("to");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        var copies = await stage.Tree.CopyLinksAsync([link, FileLink.FromId("nosuchfile0000000000")], At("to"));
        Assert.Single(copies);
        Assert.Equal("a.txt", Assert.Single(await FilesAsync(stage, "to")).Name);
    }
}

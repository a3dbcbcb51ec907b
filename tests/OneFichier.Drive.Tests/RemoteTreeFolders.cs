using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests;

public sealed class RemoteTreeFolders
{
    private static VolumePath At(string path) => VolumePath.Parse(path);

    [Fact]
    public async Task Missing_folders_are_made_top_down_at_one_request_each_after_one_look()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Tree.MakeFolderAsync(At("a/b/c"));
        Assert.Equal(4, stage.Cost);
        await stage.Tree.MakeFolderAsync(At("a/b/d"));
        Assert.Equal(1, stage.Cost);
        Assert.Empty((await stage.Tree.ListAsync(At("a/b/c"))).Entries);
        Assert.Equal(["c", "d"], (await stage.Tree.ListAsync(At("a/b"))).Entries.Select(e => e.Name));
        Assert.Equal(0, stage.Cost);
        Assert.Equal(["a/", "a/b/", "a/b/c/", "a/b/d/"], stage.Everything());
    }

    [Fact]
    public async Task Callers_who_make_one_folder_at_once_make_one()
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { ExistingFolder = ExistingFolderAnswer.CreateSecond });
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => stage.Tree.MakeFolderAsync(At($"a/b/{n % 2}"))));
        Assert.Equal(2, made.Distinct().Count());
        Assert.Equal(4, stage.Everything().Count());
    }

    [Theory]
    [InlineData(ExistingFolderAnswer.Refuse)]
    [InlineData(ExistingFolderAnswer.ReturnExisting)]
    public async Task A_folder_another_made_meanwhile_is_taken_as_it_is(ExistingFolderAnswer answer)
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { ExistingFolder = answer });
        await stage.Tree.ListAsync(VolumePath.Root);
        var theirs = stage.Folder("a");
        Assert.Equal(theirs, await stage.Tree.MakeFolderAsync(At("a")));
        Assert.Equal(["a/"], stage.Everything());
    }

    [Fact]
    public async Task A_second_folder_made_in_a_race_gives_way_to_the_one_the_other_process_recorded()
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { ExistingFolder = ExistingFolderAnswer.CreateSecond });
        var racing = new RacingStore(stage.Store);
        var other = stage.NewTree(racing);
        await stage.Tree.ListAsync(VolumePath.Root);
        racing.OnThirdLook = () => stage.Tree.MakeFolderAsync(At("a")).GetAwaiter().GetResult();
        var theirs = await other.MakeFolderAsync(At("a"));
        Assert.Equal(["a/"], stage.Everything());
        Assert.Equal(await stage.Tree.GetFolderAsync(At("a")), theirs);
    }

    [Theory]
    [InlineData(ExistingFolderAnswer.Refuse)]
    [InlineData(ExistingFolderAnswer.CreateSecond)]
    public async Task A_lost_answer_is_resolved_by_looking(ExistingFolderAnswer answer)
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { ExistingFolder = answer });
        await stage.Tree.ListAsync(VolumePath.Root);
        stage.Control.FailNext(FaultKind.CutAfter, "folder/mkdir");
        await stage.Tree.MakeFolderAsync(At("a"));
        stage.Control.FailNext(FaultKind.Cut, "folder/mkdir");
        await stage.Tree.MakeFolderAsync(At("b"));
        Assert.Equal(["a/", "b/"], stage.Everything());
    }

    [Fact]
    public async Task A_service_that_ignores_case_is_explained()
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { FolderNamesIgnoreCase = true });
        stage.Folder("Docs");
        var refusal = await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Tree.MakeFolderAsync(At("docs")));
        Assert.Contains("'Docs'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parent_that_was_removed_meanwhile_is_made_again()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Tree.MakeFolderAsync(At("a/b"));
        stage.Control.RemoveFolder("a");
        await stage.Tree.MakeFolderAsync(At("a/b/c"));
        Assert.Equal(["a/", "a/b/", "a/b/c/"], stage.Everything());
    }

    [Fact]
    public async Task Only_an_empty_folder_is_removed_even_where_the_service_would_remove_a_full_one()
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { RefuseRemovingFullFolder = false });
        stage.Folder("a");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        stage.File("a/new.txt");
        stage.Time.Advance(60);
        await Assert.ThrowsAsync<FolderNotEmptyException>(() => stage.Tree.RemoveFolderAsync(At("a")));
        Assert.Equal(["a/", "a/new.txt"], stage.Everything());
    }

    [Fact]
    public async Task A_removed_folder_is_gone_at_once_and_a_repeated_removal_finds_none()
    {
        await using var stage = await Stage.SetAsync();
        stage.Folder("a/b");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        _ = stage.Cost;
        await stage.Tree.RemoveFolderAsync(At("a/b"));
        Assert.Null(await stage.Tree.FindAsync(At("a/b")));
        Assert.Equal(1, stage.Cost);
        await Assert.ThrowsAsync<PathNotFoundException>(() => stage.Tree.RemoveFolderAsync(At("a/b")));
    }

    [Fact]
    public async Task A_removal_whose_answer_is_lost_counts_when_the_folder_is_gone()
    {
        await using var stage = await Stage.SetAsync();
        stage.Folder("a");
        stage.Control.FailNext(FaultKind.CutAfter, "folder/rm");
        await stage.Tree.RemoveFolderAsync(At("a"));
        Assert.Null(await stage.Tree.FindAsync(At("a")));
        Assert.Empty(stage.Everything());
    }

    [Fact]
    public async Task A_purge_removes_files_in_batches_across_folders_and_folders_from_below()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "top", Folders = 10, Files = 250, FileSize = 1 });
        stage.Folder("top/folder-000001/deep/er");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        _ = stage.Cost;
        await stage.Tree.PurgeAsync(At("top"));
        Assert.Equal(3 + 13, stage.Cost);
        Assert.Empty(stage.Everything());
        Assert.Empty((await stage.Tree.ListAsync(VolumePath.Root)).Entries);
    }

    [Fact]
    public async Task A_purge_takes_along_what_came_after_the_listing()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("top/a/x.txt");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        stage.File("top/a/late.txt");
        stage.File("top/new/late.txt");
        stage.Control.RemoveFile(FileOf(stage, "top/a/x.txt"));
        await stage.Tree.PurgeAsync(At("top"));
        Assert.Empty(stage.Everything());
    }

    [Fact]
    public async Task A_purge_ended_by_a_flood_is_finished_by_the_next()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "top", Folders = 5, Files = 20, FileSize = 1 });
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        stage.Control.FailNext(FaultKind.Flood, "folder/rm");
        await Assert.ThrowsAsync<FichierFloodException>(() => stage.Tree.PurgeAsync(At("top")));
        stage.Time.Advance(60);
        await stage.Tree.PurgeAsync(At("top"));
        Assert.Empty(stage.Everything());
    }

    [Fact]
    public async Task The_root_is_emptied_and_stays()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a/b.txt");
        stage.File("c.txt");
        await stage.Tree.PurgeAsync(VolumePath.Root);
        Assert.Empty(stage.Everything());
    }

    private static string FileOf(Stage stage, string path) => stage.Control.Tree().Files.Single(f => f.Path == path).Url;
}

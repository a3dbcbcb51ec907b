using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests;

public sealed class RemoteTreeMovingFolders
{
    private static VolumePath At(string path) => VolumePath.Parse(path);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_moves_and_changes_its_name_with_all_that_is_in_it(bool renameIgnoresDestination)
    {
        await using var stage = await Stage.SetAsync(new SandboxBehaviours { FolderRenameIgnoresDestination = renameIgnoresDestination });
        stage.File("a/b/x.txt");
        stage.Folder("to");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        _ = stage.Cost;
        await stage.Tree.RenameAsync(At("a"), "c");
        Assert.Equal(1, stage.Cost);
        await stage.Tree.MoveAsync(At("c"), At("to/c"));
        Assert.Equal(1, stage.Cost);
        await stage.Tree.MoveAsync(At("to/c"), At("d"));
        Assert.Equal(2, stage.Cost);
        Assert.NotNull(await stage.Tree.FindAsync(At("d/b/x.txt")));
        Assert.Equal(0, stage.Cost);
        Assert.Equal(["d/", "d/b/", "d/b/x.txt", "to/"], stage.Everything());
    }

    [Fact]
    public async Task It_finds_a_way_when_both_names_are_taken_on_the_way()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("from/a/x.txt");
        stage.Folder("from/b");
        stage.Folder("to/a");
        await stage.Tree.MoveAsync(At("from/a"), At("to/b"));
        Assert.Equal(["from/", "from/b/", "to/", "to/a/", "to/b/", "to/b/x.txt"], stage.Everything());
    }

    [Fact]
    public async Task A_folder_never_goes_into_itself()
    {
        await using var stage = await Stage.SetAsync();
        stage.Folder("a/b/c");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        _ = stage.Cost;
        await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Tree.MoveAsync(At("a"), At("a/b/c/a")));
        var byNumber = new RemotePath(stage.Folder("a/b/c"), At("a"));
        await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Tree.MoveAsync(At("a"), byNumber));
        await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Tree.CopyFolderAsync(At("a"), At("a/b/new")));
        Assert.Equal(0, stage.Cost);
    }

    [Fact]
    public async Task An_empty_folder_is_replaced_and_a_full_one_is_not()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a/x.txt");
        stage.Folder("b");
        stage.File("c/y.txt");
        await Assert.ThrowsAsync<NameTakenException>(() => stage.Tree.MoveAsync(At("a"), At("b")));
        await Assert.ThrowsAsync<FolderNotEmptyException>(() => stage.Tree.MoveAsync(At("a"), At("c"), NameClash.Replace));
        await stage.Tree.MoveAsync(At("a"), At("b"), NameClash.Replace);
        Assert.Equal(["b/", "b/x.txt", "c/", "c/y.txt"], stage.Everything());
    }

    [Fact]
    public async Task A_move_whose_answer_is_lost_is_done()
    {
        await using var stage = await Stage.SetAsync();
        stage.File("a/x.txt");
        stage.Folder("to");
        stage.Control.FailNext(FaultKind.CutAfter, "folder/mv", 1);
        await stage.Tree.MoveAsync(At("a"), At("to/b"));
        Assert.Equal(["to/", "to/b/", "to/b/x.txt"], stage.Everything());
    }

    [Fact]
    public async Task A_folder_is_copied_with_one_mkdir_a_folder_and_one_copy_a_batch_and_repeated_for_nothing()
    {
        await using var stage = await Stage.SetAsync();
        stage.Control.Seed(new SandboxSeed { Into = "from", Folders = 4, Files = 40, FileSize = 1 });
        stage.File("from/it's.txt");
        await stage.Tree.WalkAsync(VolumePath.Root).CountAsync();
        _ = stage.Cost;
        Assert.Equal(41, await stage.Tree.CopyFolderAsync(At("from"), At("to/copy")));
        Assert.Equal(6 + 5, stage.Cost);
        Assert.Equal(0, await stage.Tree.CopyFolderAsync(At("from"), At("to/copy")));
        Assert.Equal(0, stage.Cost);
        var paths = stage.Everything().ToList();
        Assert.Equal(
            paths.Where(p => p.StartsWith("from/", StringComparison.Ordinal)).Select(p => p["from".Length..]),
            paths.Where(p => p.StartsWith("to/copy/", StringComparison.Ordinal)).Select(p => p["to/copy".Length..]));
    }
}

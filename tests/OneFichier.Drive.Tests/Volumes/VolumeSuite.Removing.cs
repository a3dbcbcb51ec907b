namespace OneFichier.Drive.Tests.Volumes;

public abstract partial class VolumeSuite
{
    [Fact]
    public async Task A_removed_file_is_gone_and_its_neighbours_stay()
    {
        await PutAsync(New("f/file"), New("f/other", "other"), New("f/filet", "filet"));
        Assert.Null(await RemoveAsync("f/file"));
        Assert.Null(await Volume.FindAsync(At("f/file")));
        Assert.Equal(["filet", "other"], await NamesAsync("f"));
        await PutAsync(New("f/file", "new"));
        Assert.Equal("new", await TextAsync("f/file"));
    }

    [Fact]
    public async Task A_folder_is_removed_after_what_is_in_it()
    {
        await PutAsync(New("f/inner/file"), New("f/x"), New("g/y"));
        VolumePath[] paths = [At("f/inner/file"), At("f/x"), At("f/inner"), At("f")];
        var results = await Volume.RemoveAsync(paths);
        Assert.Equal(paths, results.Select(r => r.Path));
        Assert.All(results, r => Assert.Null(r.Error));
        Assert.Equal(["g/"], await NamesAsync());
        Assert.Null(await Volume.FindAsync(At("f/inner")));
    }

    [Fact]
    public async Task A_folder_with_content_stays()
    {
        await PutAsync(New("f/inner/file", "stays"));
        Assert.Equal(At("f"), Assert.IsType<FolderNotEmptyException>(await RemoveAsync("f")).Path.Path);
        Assert.IsType<FolderNotEmptyException>(await RemoveAsync("f/inner"));
        Assert.Equal("stays", await TextAsync("f/inner/file"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("none/below")]
    [InlineData("f/file/below")]
    public async Task What_is_not_there_cannot_be_removed(string path)
    {
        await PutAsync(New("f/file"));
        Assert.Equal(At(path), Assert.IsType<PathNotFoundException>(await RemoveAsync(path)).Path.Path);
    }

    [Fact]
    public async Task One_removal_that_fails_keeps_no_other_back()
    {
        await PutAsync(New("a"), New("f/b"), New("c"));
        var results = await Volume.RemoveAsync([At("a"), At("none"), At("f"), At("c"), At("a")]);
        Assert.Equal(
            [null, typeof(PathNotFoundException), typeof(FolderNotEmptyException), null, typeof(PathNotFoundException)], results.Select(r => r.Error?.GetType()));
        Assert.Equal(["f/"], await NamesAsync());
    }

    [Fact]
    public async Task The_root_is_never_removed()
    {
        await Volume.MakeFolderAsync(VolumePath.Root);
        Assert.NotNull(await RemoveAsync(""));
        Assert.Empty(await NamesAsync());
        await PutAsync(New("file", "stays"));
        Assert.NotNull(await RemoveAsync(""));
        Assert.Equal("stays", await TextAsync("file"));
    }
}

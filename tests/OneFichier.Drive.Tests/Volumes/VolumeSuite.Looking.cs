namespace OneFichier.Drive.Tests.Volumes;

public abstract partial class VolumeSuite
{
    [Fact]
    public async Task The_root_is_a_folder_and_is_always_there()
    {
        var root = await Volume.FindAsync(VolumePath.Root);
        Assert.NotNull(root);
        Assert.True(root.IsFolder);
        Assert.Equal(VolumePath.Root, root.Path);
    }

    [Fact]
    public async Task An_empty_root_lists_as_empty()
    {
        await Volume.MakeFolderAsync(VolumePath.Root);
        Assert.Empty(await NamesAsync());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("none/below")]
    [InlineData("folder/none")]
    [InlineData("folder/file/below")]
    [InlineData("FOLDER")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await PutAsync(New("folder/file"));
        Assert.Null(await Volume.FindAsync(At(path)));
        Assert.Equal(At(path), (await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.ListAsync(At(path)))).Path.Path);
        Assert.Equal(At(path), (await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.OpenAsync(At(path)))).Path.Path);
    }

    [Fact]
    public async Task A_file_is_found_as_it_was_put()
    {
        var put = Assert.Single(await PutAsync(New("folder/file", "twelve bytes")));
        var found = await Volume.FindAsync(At("folder/file"));
        Assert.NotNull(found);
        Assert.False(found.IsFolder);
        Assert.Equal(At("folder/file"), found.Path);
        Assert.Equal(12, found.Size);
        Assert.Equal((found.Size, found.IsFolder, found.Checksum, found.Id), (put.Size, put.IsFolder, put.Checksum, put.Id));
    }

    [Fact]
    public async Task A_folder_is_found_as_one()
    {
        await PutAsync(New("folder/inner/file"));
        foreach (var path in new[] { "folder", "folder/inner" })
        {
            var found = await Volume.FindAsync(At(path));
            Assert.NotNull(found);
            Assert.True(found.IsFolder);
            Assert.Equal(0, found.Size);
            Assert.Null(found.Checksum);
        }
    }

    [Fact]
    public async Task Finding_and_listing_tell_the_same()
    {
        await PutAsync(New("f/file", "1"), New("f/empty", ""), New("f/inner/x", "2"));
        foreach (var listed in (await Volume.ListAsync(At("f"))).Entries)
            Assert.Equal(listed, await Volume.FindAsync(listed.Path));
    }

    [Fact]
    public async Task A_file_is_not_a_folder_and_a_folder_is_not_a_file()
    {
        await PutAsync(New("folder/file"));
        await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.ListAsync(At("folder/file")));
        await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.OpenAsync(At("folder")));
        await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.OpenAsync(VolumePath.Root));
    }

    [Fact]
    public async Task A_listing_is_in_the_order_of_the_characters_and_shows_one_folder_only()
    {
        await PutAsync(New("f/b"), New("f/B"), New("f/a"), New("f/a b"), New("f/a.b"), New("f/\u00e4"), New("f/c/below"), New("f/10"), New("f/9"), New("g/other"));
        Assert.Equal(["10", "9", "B", "a", "a b", "a.b", "b", "c/", "\u00e4"], await NamesAsync("f"));
        Assert.Equal(["f/", "g/"], await NamesAsync());
    }

    [Fact]
    public async Task A_listing_shows_sizes()
    {
        await PutAsync(New("f/none", ""), New("f/one", "1"), New("f/many", new byte[70_000]));
        Assert.Equal([("many", 70_000L), ("none", 0L), ("one", 1L)], (await Volume.ListAsync(At("f"))).Entries.Select(e => (e.Name, e.Size)));
    }

    [Fact]
    public async Task A_made_folder_is_there_with_those_above_it_and_is_taken_as_it_is_when_it_was()
    {
        await Volume.MakeFolderAsync(At("a/b/c"));
        await PutAsync(New("a/b/file"));
        await Volume.MakeFolderAsync(At("a/b"));
        await Volume.MakeFolderAsync(At("a/b/c"));
        Assert.Equal(["c/", "file"], await NamesAsync("a/b"));
        Assert.Empty(await NamesAsync("a/b/c"));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    public async Task A_folder_is_not_made_in_the_place_of_a_file_or_below_it(string path)
    {
        await PutAsync(New("file", "stays"));
        await Assert.ThrowsAsync<NameTakenException>(() => Volume.MakeFolderAsync(At(path)));
        Assert.Equal("stays", await TextAsync("file"));
    }

    [Fact]
    public async Task Whoever_is_cancelled_hears_so()
    {
        await PutAsync(New("file"));
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Volume.FindAsync(At("file"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Volume.ListAsync(VolumePath.Root, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Volume.OpenAsync(At("file"), default, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Volume.PutAsync([New("new")], null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Volume.MakeFolderAsync(At("folder"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Volume.MoveAsync([new VolumeMove(At("file"), At("new"))], false, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Volume.RemoveAsync([At("file")], cancelled));
        Assert.Equal(["file"], await NamesAsync());
    }
}

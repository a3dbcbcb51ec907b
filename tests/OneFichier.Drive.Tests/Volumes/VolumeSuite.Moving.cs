using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

public abstract partial class VolumeSuite
{
    [Theory]
    [InlineData("f/file", "f/renamed")]
    [InlineData("f/file", "g/file")]
    [InlineData("f/file", "g/renamed")]
    [InlineData("f/file", "root")]
    public async Task A_file_is_moved_and_renamed(string from, string to)
    {
        await PutAsync(New("f/file", "content"), New("f/other", "other"), New("g/x", "x"));
        var entry = Done(await MoveAsync(from, to));
        Assert.Equal(7, entry.Size);
        Assert.Equal("content", await TextAsync(to));
        Assert.Null(await Volume.FindAsync(At(from)));
        Assert.Equal("other", await TextAsync("f/other"));
    }

    [Theory]
    [InlineData("f", "renamed")]
    [InlineData("f", "g/f")]
    [InlineData("f", "g/renamed")]
    [InlineData("f/inner", "inner")]
    public async Task A_folder_is_moved_and_renamed_with_all_that_is_in_it(string from, string to)
    {
        await PutAsync(New("f/inner/deep/file", "deep"), New("f/inner/empty", ""), New("g/x", "x"));
        var inner = from == "f" ? "/inner" : "";
        Assert.True(Done(await MoveAsync(from, to)).IsFolder);
        Assert.Equal("deep", await TextAsync($"{to}{inner}/deep/file"));
        Assert.Equal(["deep/", "empty"], await NamesAsync(to + inner));
        Assert.Null(await Volume.FindAsync(At(from)));
        Assert.Null(await Volume.FindAsync(At($"{from}{inner}/deep/file")));
    }

    [Fact]
    public async Task A_move_over_a_file_is_refused_unless_it_may_replace()
    {
        await PutAsync(New("f/new", "new"), New("g/old", "old"));
        Assert.Equal(At("g/old"), Assert.IsType<NameTakenException>(Failed(await MoveAsync("f/new", "g/old"))).Path.Path);
        Assert.Equal(("new", "old"), (await TextAsync("f/new"), await TextAsync("g/old")));
        Done(await MoveAsync("f/new", "g/old", replace: true));
        Assert.Equal("new", await TextAsync("g/old"));
        Assert.Empty(await NamesAsync("f"));
        Assert.Equal(["old"], await NamesAsync("g"));
    }

    [Fact]
    public async Task A_folder_takes_the_place_of_an_empty_one_only_if_it_may_replace()
    {
        await PutAsync(New("f/file", "content"));
        await Volume.MakeFolderAsync(At("empty"));
        Assert.IsType<NameTakenException>(Failed(await MoveAsync("f", "empty")));
        Assert.Equal(["empty/", "f/"], await NamesAsync());
        Done(await MoveAsync("f", "empty", replace: true));
        Assert.Equal("content", await TextAsync("empty/file"));
        Assert.Equal(["empty/"], await NamesAsync());
    }

    [Fact]
    public async Task A_folder_takes_no_full_folders_place()
    {
        await PutAsync(New("f/file", "1"), New("full/file", "2"));
        Assert.IsType<FolderNotEmptyException>(Failed(await MoveAsync("f", "full", replace: true)));
        Assert.Equal(("1", "2"), (await TextAsync("f/file"), await TextAsync("full/file")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_takes_no_folders_place_and_a_folder_no_files(bool replace)
    {
        await PutAsync(New("f/x", "x"), New("file", "content"));
        await Volume.MakeFolderAsync(At("empty"));
        Assert.IsType<NameTakenException>(Failed(await MoveAsync("file", "empty", replace)));
        Assert.IsType<NameTakenException>(Failed(await MoveAsync("f", "file", replace)));
        Assert.Equal(["empty/", "f/", "file"], await NamesAsync());
        Assert.Equal(("x", "content"), (await TextAsync("f/x"), await TextAsync("file")));
    }

    [Theory]
    [InlineData("f/file", false)]
    [InlineData("f/file", true)]
    [InlineData("f", false)]
    [InlineData("f", true)]
    public async Task A_move_onto_itself_changes_nothing_and_succeeds(string path, bool replace)
    {
        await PutAsync(New("f/file", "content"));
        Done(await MoveAsync(path, path, replace));
        Assert.Equal("content", await TextAsync("f/file"));
    }

    [Theory]
    [InlineData("f/f", false)]
    [InlineData("f/inner/f", false)]
    [InlineData("f/inner", true)]
    public async Task A_folder_is_not_moved_into_itself(string to, bool replace)
    {
        await PutAsync(New("f/file", "content"));
        await Volume.MakeFolderAsync(At("f/inner"));
        Failed(await MoveAsync("f", to, replace));
        Assert.Equal(["file", "inner/"], await NamesAsync("f"));
        Assert.Equal("content", await TextAsync("f/file"));
    }

    [Theory]
    [InlineData("none", "to")]
    [InlineData("f/none", "f/to")]
    [InlineData("none/file", "f/to")]
    [InlineData("none", "none")]
    [InlineData("f/file", "none/to")]
    [InlineData("f/file", "f/other/to")]
    [InlineData("f", "none/f")]
    public async Task A_move_from_or_to_where_nothing_is_is_refused(string from, string to)
    {
        await PutAsync(New("f/file", "content"), New("f/other", "other"));
        Assert.IsType<PathNotFoundException>(Failed(await MoveAsync(from, to)));
        Assert.Equal(["file", "other"], await NamesAsync("f"));
        Assert.Equal(["f/"], await NamesAsync());
    }

    [Theory]
    [InlineData("", "f/root")]
    [InlineData("", "new")]
    [InlineData("f", "")]
    [InlineData("file", "")]
    public async Task The_root_is_neither_moved_nor_replaced(string from, string to)
    {
        await PutAsync(New("f/x"), New("file"));
        Failed(await MoveAsync(from, to, replace: true));
        Assert.Equal(["f/", "file"], await NamesAsync());
    }

    [Fact]
    public async Task Several_moves_are_done_in_order_and_one_that_fails_keeps_no_other_back()
    {
        await PutAsync(New("a", "a"), New("b", "b"), New("f/x", "x"));
        string[][] moves = [["a", "swap"], ["none", "x"], ["b", "a"], ["swap", "b"], ["f", "g"], ["g/x", "g/y"], ["f/x", "z"]];
        var results = await Volume.MoveAsync([.. moves.Select(m => new VolumeMove(At(m[0]), At(m[1])))]);
        Assert.Equal(moves.Select(m => At(m[1])), results.Select(r => r.Path));
        Assert.Equal([true, false, true, true, true, true, false], results.Select(r => r.Error is null));
        Assert.Equal(("b", "a", "x"), (await TextAsync("a"), await TextAsync("b"), await TextAsync("g/y")));
        Assert.Equal(["a", "b", "g/"], await NamesAsync());
    }

    [Fact]
    public async Task A_file_keeps_its_content_through_a_change_of_case_or_of_unicode_form()
    {
        var content = Pattern.Bytes(1000);
        await PutAsync(New("f/file", content));
        string[] names = ["f/FILE", "f/\u00e9", "f/e\u0301", "F"];
        for (var (n, at) = (0, "f/file"); n < names.Length; at = names[n++])
            Done(await MoveAsync(at, names[n]));
        Assert.Equal(content, await ReadAsync("F"));
        Assert.Empty(await NamesAsync("f"));
    }
}

namespace OneFichier.Gateways.Tests.Rest;

/// <summary>Calls about files and folders.</summary>
public sealed class FileCallTests
{
    [Fact]
    public async Task A_folder_is_listed_by_path_and_by_id()
    {
        await using var stage = await RestStage.WithFilesAsync("docs/a.txt", "docs/deep/b.txt");
        var byPath = (await stage.GetAsync("folder/list.cgi?path=/docs")).Done();
        Assert.Equal("a.txt", byPath.List("items").Single().GetProperty("filename").GetString());
        Assert.Equal("/docs/deep", byPath.List("sub_folders").Single().GetProperty("path").GetString());
        var byId = (await stage.GetAsync("folder/list.cgi?folder_id=" + byPath.List("sub_folders").Single().GetProperty("id").GetString())).Done();
        Assert.Equal("b.txt", byId.List("items").Single().GetProperty("filename").GetString());
        Assert.Equal("docs", (await stage.JsonAsync("folder/list.cgi", "{\"folder_id\":0}")).Done().List("sub_folders").Single().GetProperty("name").GetString());
        Assert.Equal("docs", (await stage.GetAsync("v1/folder/ls.cgi")).Done().List("sub_folders").Single().GetProperty("name").GetString());
        (await stage.GetAsync("folder/list.cgi?path=/none")).Refused(404);
        (await stage.GetAsync("folder/list.cgi?folder_id=12345")).Refused(404);
        (await stage.GetAsync("folder/list.cgi?folder_id=0&path=/docs")).Refused(400);
    }

    [Fact]
    public async Task Folders_are_made_and_removed_when_they_are_empty()
    {
        await using var stage = await RestStage.WithFilesAsync("docs/a.txt");
        Assert.Equal("/docs/new/er", (await stage.FormAsync("folder/create.cgi", ("path", "/docs/new/er"))).Done()["path"]);
        var made = (await stage.JsonAsync("folder/create.cgi", "{\"path\":\"/docs\",\"name\":\"other\"}")).Done();
        Assert.Equal("/docs/other", (await stage.FormAsync("folder/delete.cgi", ("folder_id", made["folder_id"]))).Done()["path"]);
        (await stage.FormAsync("folder/create.cgi", ("path", "/docs/a.txt"))).Refused(409);
        (await stage.FormAsync("folder/create.cgi", ("name", "a/b"))).Refused(400);
        (await stage.FormAsync("folder/create.cgi")).Refused(400);
        (await stage.FormAsync("folder/delete.cgi", ("path", "/docs"))).Refused(409);
        (await stage.FormAsync("folder/delete.cgi", ("path", "/docs/a.txt"))).Refused(404);
        (await stage.FormAsync("folder/delete.cgi", ("path", "/"))).Refused(400);
        (await stage.FormAsync("folder/delete.cgi", ("folder_id", "0"))).Refused(400);
        Assert.Equal("docs/a.txt", await stage.TreeAsync());
    }

    [Fact]
    public async Task Files_are_removed_by_path_by_address_and_by_id_many_at_once()
    {
        await using var stage = await RestStage.WithFilesAsync("a", "b", "c", "d", "kept");
        var links = (await stage.GetAsync("file/links.cgi?path=b&path=c")).Done().List("links");
        var (url, id) = (links[0].GetProperty("url").GetString(), links[1].GetProperty("id").GetString());
        var answer = (await stage.JsonAsync("file/delete.cgi", $"{{\"files\":[{{\"url\":\"{url}\"}},{{\"path\":\"/d\"}}],\"url\":\"{id}\",\"paths\":[\"a\"]}}")).Done();
        Assert.Equal("4", answer["removed"]);
        Assert.Equal("kept", await stage.TreeAsync());
    }

    [Fact]
    public async Task What_of_many_failed_is_told_and_the_rest_is_done()
    {
        await using var stage = await RestStage.WithFilesAsync("a", "b");
        var some = (await stage.FormAsync("file/delete.cgi", ("path", "a"), ("path", "none"))).Refused(207);
        Assert.Equal(("1", "none"), (some["removed"], some.List("failed").Single().GetProperty("path").GetString()));
        Assert.Equal("b", await stage.TreeAsync());
        (await stage.FormAsync("file/delete.cgi", ("path", "none"))).Refused(404);
        (await stage.FormAsync("file/delete.cgi")).Refused(400);
    }

    [Fact]
    public async Task Files_are_renamed_where_they_are()
    {
        await using var stage = await RestStage.WithFilesAsync("docs/a", "docs/b", "docs/taken");
        Assert.Equal("1", (await stage.FormAsync("file/rename.cgi", ("path", "docs/a"), ("filename", "x y.txt"))).Done()["renamed"]);
        (await stage.JsonAsync("file/rename.cgi", "{\"urls\":[{\"path\":\"docs/x y.txt\",\"filename\":\"one\"},{\"path\":\"docs/b\",\"filename\":\"two\"}]}")).Done();
        Assert.Equal("docs/one docs/taken docs/two", await stage.TreeAsync());
        (await stage.FormAsync("file/rename.cgi", ("path", "docs/one"), ("filename", "taken"))).Refused(409);
        (await stage.FormAsync("file/rename.cgi", ("path", "docs/one"), ("filename", "../out"))).Refused(400);
        (await stage.FormAsync("file/rename.cgi", ("path", "docs/one"), ("path", "docs/two"), ("filename", "three"))).Refused(400);
        (await stage.FormAsync("file/rename.cgi", ("path", "docs/one"), ("filename", "taken"), ("overwrite", "1"))).Done();
        Assert.Equal("docs/a", await stage.ReadAsync("docs/taken"));
    }

    [Fact]
    public async Task Files_are_moved_and_their_addresses_stay()
    {
        await using var stage = await RestStage.WithFilesAsync("a", "b", "to/b");
        var url = (await stage.GetAsync("file/links.cgi?path=a")).Done().List("links").Single().GetProperty("url").GetString()!;
        (await stage.FormAsync("file/move.cgi", ("path", "a"), ("folder", "/to"), ("rename", "c"))).Done();
        Assert.Equal("a", (await stage.GetAsync(url)).Text);
        (await stage.FormAsync("file/move.cgi", ("path", "b"), ("folder", "/to"))).Refused(409);
        (await stage.FormAsync("file/move.cgi", ("path", "b"))).Refused(400);
        (await stage.FormAsync("file/move.cgi", ("path", "b"), ("folder", "/none"))).Refused(404);
        Assert.Equal("b to/b to/c", await stage.TreeAsync());
        (await stage.FormAsync("file/move.cgi", ("path", "to/c"), ("destination_folder_id", "0"))).Done();
        Assert.Equal("b c to/b", await stage.TreeAsync());
    }

    [Fact]
    public async Task Files_are_copied_and_nothing_is_replaced_unasked()
    {
        await using var stage = await RestStage.WithFilesAsync("a", "to/a");
        (await stage.FormAsync("file/copy.cgi", ("path", "a"), ("folder", "/to"))).Refused(409);
        Assert.Equal("to/a", await stage.ReadAsync("to/a"));
        var copied = (await stage.FormAsync("file/copy.cgi", ("path", "a"), ("folder", "/to"), ("rename", "b"))).Done();
        Assert.Equal("/to/b", copied.List("urls").Single().GetProperty("new_path").GetString());
        (await stage.FormAsync("file/copy.cgi", ("path", "a"), ("folder", "/to"), ("overwrite", "1"))).Done();
        Assert.Equal(("a", "a", "a"), (await stage.ReadAsync("a"), await stage.ReadAsync("to/a"), await stage.ReadAsync("to/b")));
    }

    [Fact]
    public async Task Info_tells_a_file_and_who_one_is()
    {
        await using var stage = await RestStage.WithFilesAsync("docs/a.mkv");
        var file = (await stage.GetAsync("file/info.cgi?path=docs/a.mkv")).Done().List("items").Single();
        Assert.Equal(("a.mkv", "/docs/a.mkv", 10, "video/x-matroska", "2026-06-01 14:00:00"), (file.GetProperty("filename").GetString(), file.GetProperty("path").GetString(),
            file.GetProperty("size").GetInt32(), file.GetProperty("content-type").GetString(), file.GetProperty("date").GetString()));
        Assert.Equal(128, file.GetProperty("whirlpool").GetString()!.Length);
        Assert.Equal(stage.Gateway.User, (await stage.GetAsync("user/info.cgi")).Done()["user"]);
    }
}

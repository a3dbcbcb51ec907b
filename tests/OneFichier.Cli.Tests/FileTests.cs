using OneFichier.Cli.Tests.Trees;

namespace OneFichier.Cli.Tests;

public sealed class FileTests
{
    [Fact]
    public async Task A_folder_goes_out_with_its_name_and_comes_back_the_same()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("photos/a.txt", "one");
        desk.File("photos/sub/it's $5.txt", "two");
        Directory.CreateDirectory(Path.Combine(desk.Home, "photos/empty"));
        (await desk.RunAsync("put", "photos", "1f:")).Done();
        Assert.Equal(["photos/a.txt", "photos/sub/it＇s ＄5.txt"], desk.Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        (await desk.Elsewhere().RunAsync("get", "1f:photos", "back")).Done();
        Assert.Equal("two", await File.ReadAllTextAsync(Path.Combine(desk.Home, "back/photos/sub/it's $5.txt")));
        Assert.True(Directory.Exists(Path.Combine(desk.Home, "back/photos/empty")));
    }

    [Fact]
    public async Task Names_the_service_does_not_store_keep_no_other_from_being_sent()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var long251 = new string('n', 251);
        foreach (var path in new[] { "tree/a", $"tree/{long251}", $"tree/d/{long251}/x", "tree/d/b", "tree/z" })
            desk.File(path);
        foreach (var verb in new[] { "put", "copy" })
        {
            var outcome = await desk.RunAsync(verb, "tree", $"1f:{verb}", "--json");
            Assert.Equal(6, outcome.Code);
            Assert.Contains("251 characters", outcome.Out, StringComparison.Ordinal);
            Assert.Equal(["a", "b", "z"], desk.Control.Tree().Files.Where(f => f.Path.StartsWith(verb, StringComparison.Ordinal)).Select(f => f.Name).Order(StringComparer.Ordinal));
        }

        var asked = desk.Control.Requests.Count;
        Assert.Contains("Shorten it", (await desk.RunAsync("mkdir", $"1f:{long251}")).Error, StringComparison.Ordinal);
        Assert.Equal(asked, desk.Control.Requests.Count);
    }

    [Fact]
    public async Task An_empty_file_goes_out_and_comes_back_empty()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var empty = desk.File("nothing", "");
        (await desk.RunAsync("put", empty, "1f:")).Done();
        Assert.Contains("\"unchanged\":1", (await desk.Elsewhere().RunAsync("put", "--json", empty, "1f:")).Done().Out);
        Assert.Empty((await desk.Elsewhere().RunAsync("cat", "1f:nothing")).Done().Out);
        (await desk.Elsewhere().RunAsync("get", "1f:nothing", desk.Control.Tree().Files[0].Url, "back")).Done();
        Assert.Equal(0, new FileInfo(Path.Combine(desk.Home, "back/nothing")).Length);
        Assert.DoesNotContain(desk.Control.Requests, r => r.Endpoint == "download/get_token");
    }

    [Fact]
    public async Task Of_several_that_are_wanted_one_that_is_missing_is_told_and_the_others_come()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a.txt", "a"u8);
        desk.Control.AddFile("b.txt", "b"u8);
        var got = await desk.RunAsync("get", "1f:a.txt", "1f:missing", "1f:b.txt", "here");
        Assert.Equal(6, got.Code);
        Assert.Contains("1f:missing: ", got.Error, StringComparison.Ordinal);
        Assert.Equal(["a.txt", "b.txt"], Directory.EnumerateFiles(Path.Combine(desk.Home, "here")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(4, (await desk.RunAsync("get", "1f:missing", "here")).Code);
    }

    [Fact]
    public async Task What_is_there_already_is_not_sent_again_and_what_changed_replaces_the_old()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("docs/same.txt", "same"u8);
        desk.Control.AddFile("docs/other.txt", "older"u8);
        var same = desk.File("same.txt", "same");
        var other = desk.File("other.txt", "newer");
        var outcome = (await desk.RunAsync("put", "--json", same, other, "1f:docs")).Done();
        Assert.Contains("""{"type":"summary","files":1,"bytes":5,"unchanged":1,"failed":0}""", outcome.Out);
        Assert.Equal(["other.txt", "same.txt"], desk.Control.Tree().Files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Single(desk.Control.Requests, r => r.Endpoint == "upload.cgi");
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_does_nothing()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a.txt", "a"u8);
        var local = desk.File("b.txt");
        string[][] lines = [["put", local, "1f:new"], ["rm", "1f:a.txt"], ["mv", "1f:a.txt", "1f:c.txt"], ["mkdir", "1f:d"], ["get", "1f:a.txt", "here"]];
        foreach (var line in lines)
            Assert.Contains("would be", (await desk.Elsewhere().RunAsync([.. line, "--dry-run"])).Done().Error);

        Assert.Equal("a.txt", Assert.Single(desk.Control.Tree().Files).Path);
        Assert.Empty(desk.Control.Tree().Folders);
        Assert.False(Directory.Exists(Path.Combine(desk.Home, "here")));
    }

    [Fact]
    public async Task Listings_show_folders_with_a_slash_and_the_newest_of_a_name()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("docs/twice.txt", "first"u8);
        desk.Control.Advance(TimeSpan.FromMinutes(1));
        var link = desk.Control.AddFile("docs/twice.txt", "second!"u8);
        desk.Control.AddFolder("docs/sub");
        Assert.Equal(["sub/", "twice.txt"], (await desk.RunAsync("ls", "1f:docs")).Done().Lines);
        var all = (await desk.Elsewhere().RunAsync("ls", "--all", "1f:/docs/")).Done().Lines;
        Assert.Equal(3, all.Length);
        Assert.Contains($"twice.txt\t{link}", all);
        var entry = (await desk.Elsewhere().RunAsync("lsjson", "--files-only", "1f:docs")).Done().Json[0];
        Assert.Equal(("twice.txt", 7L, false, link), (entry.GetProperty("Path").GetString(), entry.GetProperty("Size").GetInt64(), entry.GetProperty("IsDir").GetBoolean(), entry.GetProperty("ID").GetString()));
        Assert.Equal(128, entry.GetProperty("Hashes").GetProperty("whirlpool").GetString()!.Length);
        Assert.True(entry.GetProperty("ModTime").TryGetDateTimeOffset(out _));
    }

    [Fact]
    public async Task Many_files_go_or_move_in_one_request()
    {
        await using var desk = await Desk.WithSandboxAsync();
        foreach (var name in (string[])["a", "b", "c", "d"])
            desk.Control.AddFile(name, "x"u8);

        desk.Control.AddFolder("to");
        (await desk.RunAsync("mv", "1f:a", "1f:b", "1f:to")).Done();
        (await desk.Elsewhere().RunAsync("rm", "1f:c", "1f:d")).Done();
        Assert.Equal(["to/a", "to/b"], desk.Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Single(desk.Control.Requests, r => r.Endpoint == "file/mv");
        Assert.Single(desk.Control.Requests, r => r.Endpoint == "file/rm");
    }

    [Fact]
    public async Task A_name_that_is_taken_is_kept_unless_told_otherwise()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a", "new"u8);
        desk.Control.AddFile("b", "old!"u8);
        Assert.Equal(1, (await desk.RunAsync("mv", "1f:a", "1f:b")).Code);
        (await desk.Elsewhere().RunAsync("mv", "--force", "1f:a", "1f:b")).Done();
        Assert.Equal(("b", 3L), (desk.Control.Tree().Files.Single().Path, desk.Control.Tree().Files.Single().Size));
    }

    [Fact]
    public async Task Copies_are_made_on_the_service()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var link = desk.Control.AddFile("docs/a.txt", "a"u8);
        (await desk.RunAsync("cp", "1f:docs", "1f:copy")).Done();
        (await desk.Elsewhere().RunAsync("cp", link, "1f:b.txt")).Done();
        Assert.Equal(["b.txt", "copy/a.txt", "docs/a.txt"], desk.Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(desk.Control.Requests, r => r.Endpoint == "upload.cgi");
    }

    [Fact]
    public async Task A_part_of_a_file_is_written_to_standard_output()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("a.txt", "0123456789"u8);
        Assert.Equal("345", (await desk.RunAsync("cat", "--offset", "3", "--count", "3", "1f:a.txt")).Done().Out);
        Assert.Equal("89", (await desk.Elsewhere().RunAsync("cat", "--offset", "8", "--count", "1k", "1f:a.txt")).Done().Out);
    }

    [Fact]
    public async Task Nothing_is_ever_written_outside_the_local_folder()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("up/．．/．．/evil.txt", "x"u8);
        (await desk.RunAsync("get", "1f:up", "deep/inside")).Done();
        Assert.True(File.Exists(Path.Combine(desk.Home, "deep/inside/up/．．/．．/evil.txt")));
    }

    [Fact]
    public async Task Direct_links_come_in_the_forms_of_other_programs()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var link = desk.Control.AddFile("films/it's.mkv", "film"u8);
        var url = (await desk.RunAsync("url", "--json", "1f:films/it's.mkv", link)).Done().Json;
        Assert.Equal(2, url.GetArrayLength());
        Assert.Equal((link, 4L), (url[0].GetProperty("link").GetString(), url[0].GetProperty("size").GetInt64()));
        Assert.True(url[0].GetProperty("expires").TryGetDateTimeOffset(out _));
        foreach (var format in (string[])["text", "csv", "aria2", "m3u", "crawljob", "wget", "html", "strm"])
            Assert.Contains("://", (await desk.Elsewhere().RunAsync("url", "--format", format, link)).Done().Out);

        Assert.Equal(link, (await desk.Elsewhere().RunAsync("link", "1f:films")).Done().Out.Trim());
    }

    [Fact]
    public async Task A_folder_is_purged_only_when_it_is_meant()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("old/deep/a", "x"u8);
        Assert.Equal(1, (await desk.RunAsync("rmdir", "1f:old")).Code);
        Assert.Equal(2, (await desk.RunAsync("purge", "1f:")).Code);
        (await desk.Elsewhere().RunAsync("purge", "1f:old")).Done();
        Assert.Empty(desk.Control.Tree().Folders);
    }

    [Fact]
    public async Task Accounts_are_told_apart_by_name()
    {
        await using var desk = await Desk.WithSandboxAsync(new Sandbox.SandboxOptions
        {
            Accounts = [Sandbox.SandboxAccount.Default, new() { Email = "work@sandbox.invalid", Keys = [new string('w', 32)] }],
        });
        desk.Control.AddFile("at-work.txt", "w"u8, "work@sandbox.invalid");
        (await desk.RunAsync(["login", "--name", "work"], new string('w', 32))).Done();
        Assert.Equal("at-work.txt\n", (await desk.RunAsync("ls", "work:")).Done().Out);
        Assert.Empty((await desk.RunAsync("ls", "1f:")).Done().Out);
        Assert.Equal(20, (await desk.RunAsync("ls", "home:")).Code);
    }
}

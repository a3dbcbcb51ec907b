using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class FileCallTests
{
    [Fact]
    public async Task Info_describes_an_own_file()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("a/b/photo.png", [1, 2, 3]);
        var info = await service.CallAsync("file/info", new { url });
        Assert.Equal("photo.png", (string?)info["filename"]);
        Assert.Equal("a/b", (string?)info["path"]);
        Assert.Equal("image/png", (string?)info["content-type"]);
        Assert.Equal(3, (long)info["size"]!);
        Assert.Equal(0, (int)info["acl"]!["premium"]!);
        Assert.Equal(service.Control.Tree().Folders.Single(f => f.Path == "a/b").Id, (long)info["folder_id"]!);
    }

    [Fact]
    public async Task Info_has_the_shapes_its_switches_name()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours
        {
            InfoStatus = false,
            InfoContentType = ContentTypeSpelling.Underscore,
            Acl = AclForm.Number,
        });
        var info = await service.CallAsync("file/info", new { url = service.Control.AddFile("x.txt", [1]) });
        Assert.Null(info["status"]);
        Assert.Null(info["content-type"]);
        Assert.Equal("text/plain", (string?)info["content_type"]);
        Assert.Equal(0, (int)info["acl"]!);
    }

    [Fact]
    public async Task Info_of_a_strangers_file_leaves_out_where_it_is()
    {
        await using var service = await TwoMembers.StartAsync();
        var url = service.Control.AddFile("secret/x.txt", [1], TwoMembers.Other);
        var info = await service.CallAsync("file/info", new { url });
        Assert.Equal("x.txt", (string?)info["filename"]);
        Assert.Null(info["path"]);
        Assert.Null(info["folder_id"]);
    }

    [Fact]
    public async Task A_removed_file_is_gone_and_counted()
    {
        await using var service = await Service.StartAsync();
        var urls = Enumerable.Range(0, 3).Select(i => service.Control.AddFile($"{i}", [1])).ToList();
        var reply = await service.CallAsync("file/rm", new { files = urls.Take(2).Select(url => new { url }) });
        Assert.Equal(2, (int)reply["removed"]!);
        Assert.Equal(urls[2], Assert.Single(service.Control.Tree().Files).Url);
        Assert.StartsWith("Resource not found #469", await service.RefusedAsync("file/info", new { url = urls[0] }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_with_a_bad_link_does_the_rest_or_nothing()
    {
        await using var service = await Service.StartAsync();
        object Batch(string good) => new { files = new[] { new { url = good }, new { url = "https://1fichier.com/?bbbbbbbbbbbbbbbbbbbb" } } };
        Assert.Equal(1, (int)(await service.CallAsync("file/rm", Batch(service.Control.AddFile("a", [1]))))["removed"]!);
        service.Control.Behaviours = service.Control.Behaviours with { BatchesAreAllOrNothing = true };
        await service.RefusedAsync("file/rm", Batch(service.Control.AddFile("b", [1])));
        Assert.Single(service.Control.Tree().Files);
    }

    [Fact]
    public async Task A_batch_above_the_limit_is_refused()
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Limits = SandboxLimits.None with { BatchSize = 1 } });
        var files = new[] { "a", "b" }.Select(n => new { url = service.Control.AddFile(n, [1]) }).ToList();
        await service.RefusedAsync("file/rm", new { files });
        Assert.Equal(2, service.Control.Tree().Files.Count);
    }

    [Fact]
    public async Task A_move_keeps_the_link_and_wants_its_destination_said()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x.txt", [1]);
        var folder = service.Control.AddFolder("to");
        Assert.StartsWith("destination_folder_id must be defined", await service.RefusedAsync("file/mv", new { urls = new[] { url } }), StringComparison.Ordinal);
        var reply = await service.CallAsync("file/mv", new { urls = new[] { url }, destination_folder_id = folder, rename = "y.txt" });
        Assert.Equal(1, (int)reply["moved"]!);
        Assert.Equal("y.txt", (string?)reply["filename"]);
        Assert.Equal(url, (string?)reply["urls"]![0]);
        var file = Assert.Single(service.Control.Tree().Files);
        Assert.Equal(("to/y.txt", url), (file.Path, file.Url));
    }

    [Fact]
    public async Task A_move_refuses_a_rename_to_the_same_name()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x.txt", [1]);
        var folder = service.Control.AddFolder("to");
        await service.RefusedAsync("file/mv", new { urls = new[] { url }, destination_folder_id = folder, rename = "x.txt" });
        Assert.Equal("x.txt", service.Control.Tree().Files[0].Path);
    }

    [Theory]
    [InlineData(true, "x.txt")]
    [InlineData(false, "y.txt")]
    public async Task A_move_in_place_keeps_the_name_or_changes_it(bool keeps, string name)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { MoveInPlaceKeepsName = keeps });
        var url = service.Control.AddFile("x.txt", [1]);
        Assert.Equal("OK", (string?)(await service.CallAsync("file/mv", new { urls = new[] { url }, destination_folder_id = 0, rename = "y.txt" }))["status"]);
        Assert.Equal(name, service.Control.Tree().Files[0].Name);
    }

    [Fact]
    public async Task A_rename_keeps_the_link_and_tells_both_names()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x.txt", [1]);
        var reply = await service.CallAsync("file/rename", new { urls = new[] { new { url, filename = "y.txt" } } });
        Assert.Equal(1, (int)reply["renamed"]!);
        Assert.Equal("x.txt", (string?)reply["urls"]![0]!["old_filename"]);
        Assert.Equal("y.txt", (string?)reply["urls"]![0]!["new_filename"]);
        Assert.Equal("y.txt", service.Control.Tree().Files[0].Name);
    }

    [Fact]
    public async Task A_rename_to_the_same_name_is_KO_with_200()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x.txt", [1]);
        using var response = await service.SendAsync("file/rename", new { urls = new[] { new { url, filename = "x.txt" } } });
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("No file has been renamed #312", await Service.TextAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file/rename")]
    [InlineData("file/mv")]
    [InlineData("file/cp")]
    public async Task Anothers_name_is_taken_twice_or_refused(string call)
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFile("to/x.txt", [1]);
        var folder_id = service.Control.Tree().Folders[0].Id;
        object Body(string url) => call == "file/rename"
            ? new { urls = new[] { new { url, filename = "x.txt" } } }
            : new { urls = new[] { url }, folder_id, destination_folder_id = folder_id, rename = "x.txt" };
        Assert.Equal("OK", (string?)(await service.CallAsync(call, Body(service.Control.AddFile("to/y.txt", [2]))))["status"] ?? "KO");
        service.Control.Behaviours = service.Control.Behaviours with { RefuseExistingFileName = true };
        Assert.StartsWith("Another file have that name", await service.RefusedAsync(call, Body(service.Control.AddFile(call == "file/rename" ? "to/z.txt" : "z.txt", [3]))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_has_a_link_of_its_own()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x.txt", Service.Bytes("content"));
        var reply = await service.CallAsync("file/cp", new { urls = new[] { url }, folder_id = 0, rename = "y.txt" });
        Assert.Equal(1, (int)reply["copied"]!);
        Assert.Equal(url, (string?)reply["urls"]![0]!["from_url"]);
        var copy = (string)reply["urls"]![0]!["to_url"]!;
        Assert.NotEqual(url, copy);
        service.Control.RemoveFile(url);
        using var download = await service.GetAsync(await service.TokenAsync(copy));
        Assert.Equal("content", await Service.TextAsync(download));
    }

    [Fact]
    public async Task A_copy_goes_to_the_root_when_the_folder_is_misnamed()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x.txt", [1]);
        var folder = service.Control.AddFolder("to");
        await service.CallAsync("file/cp", new { urls = new[] { url }, destination_folder_id = folder });
        Assert.Equal(["x.txt", "x.txt"], service.Control.Tree().Files.Select(f => f.Path));
        service.Control.Behaviours = service.Control.Behaviours with { CopyTakesDestination = true };
        await service.CallAsync("file/cp", new { urls = new[] { url }, destination_folder_id = folder });
        Assert.Contains("to/x.txt", service.Control.Tree().Files.Select(f => f.Path));
    }

    [Fact]
    public async Task Attributes_are_set_shown_and_taken_back()
    {
        await using var service = await TwoMembers.StartAsync();
        var url = service.Control.AddFile("x.txt", [1]);
        await service.RefusedAsync("file/chattr", new { urls = new[] { url }, pass = "short" });
        await service.CallAsync("file/chattr", new { urls = new[] { url }, description = "mine", pass = "secret", acl = new { premium = 1 } });
        var info = await service.CallAsync("file/info", new { url });
        Assert.Equal(("mine", 1, 1), ((string?)info["description"], (int)info["pass"]!, (int)info["acl"]!["premium"]!));
        Assert.Contains("Password not provided", await service.RefusedAsync("download/get_token", new { url }, TwoMembers.OtherKey), StringComparison.Ordinal);
        Assert.Contains("Invalid password", await service.RefusedAsync("download/get_token", new { url, pass = "wrong!" }, TwoMembers.OtherKey), StringComparison.Ordinal);
        Assert.Equal("OK", (string?)(await service.CallAsync("download/get_token", new { url, pass = "secret" }, TwoMembers.OtherKey))["status"]);
        await service.CallAsync("file/chattr", new { urls = new[] { url }, pass = "", acl = new { } });
        Assert.Equal(0, (int)(await service.CallAsync("file/info", new { url }))["pass"]!);
    }

    [Fact]
    public async Task A_scan_finds_the_virus_and_deletes_it()
    {
        await using var service = await Service.StartAsync();
        var clean = service.Control.AddFile("clean.txt", [1]);
        var dirty = service.Control.AddFile("EICAR.com", [1]);
        Assert.NotNull((await service.CallAsync("file/scan", new { url = clean }))["date"]);
        await service.RefusedAsync("file/scan", new { url = dirty });
        Assert.Equal(clean, Assert.Single(service.Control.Tree().Files).Url);
    }

    [Theory]
    [InlineData(ReservedCharacters.Reject, null)]
    [InlineData(ReservedCharacters.Replace, "it_s _5_")]
    [InlineData(ReservedCharacters.Strip, "its 5")]
    [InlineData(ReservedCharacters.Keep, " it's $5\t")]
    public async Task Reserved_characters_meet_their_fate(ReservedCharacters how, string? kept)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { NamesInCalls = how });
        var url = service.Control.AddFile("x.txt", [1]);
        await service.CallAsync("file/rename", new { urls = new[] { new { url, filename = " it's $5\t" } } });
        Assert.Equal(kept ?? "x.txt", service.Control.Tree().Files[0].Name);
    }
}

using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class FolderCallTests
{
    [Fact]
    public async Task The_root_is_listed_as_it_was_seen()
    {
        await using var service = await Service.StartAsync();
        var id = service.Control.AddFolder("backup");
        var reply = await service.CallAsync("folder/ls");
        Assert.Equal(("Root", 0, 0), ((string?)reply["name"], (int)reply["folder_id"]!, (int)reply["files"]!));
        Assert.True(reply.ContainsKey("size") && reply["size"] is null);
        var child = Assert.Single(reply["sub_folders"]!.AsArray())!;
        Assert.Equal((id, "backup", 0), ((long)child["id"]!, (string?)child["name"], (int)child["pass"]!));
        Assert.Matches(@"\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\z", (string?)child["create_date"]);
        Assert.Null(reply["items"]);
    }

    [Fact]
    public async Task Files_come_along_when_asked_for()
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFile("x.txt", [1, 2]);
        service.Control.AddFile("deeper/y.txt", [1, 2, 3]);
        var reply = await service.CallAsync("folder/ls", new { folder_id = 0, files = 1 });
        Assert.Equal((2L, 1), ((long)reply["size"]!, (int)reply["files"]!));
        Assert.Equal("x.txt", (string?)Assert.Single(reply["items"]!.AsArray())!["filename"]);
    }

    [Theory]
    [InlineData(EmptyArrayForm.Present, true, false)]
    [InlineData(EmptyArrayForm.Missing, false, true)]
    [InlineData(EmptyArrayForm.Null, true, true)]
    public async Task An_empty_array_has_the_form_the_switch_names(EmptyArrayForm form, bool there, bool isNull)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { EmptyArrays = form, NullFolderSize = false });
        var reply = await service.CallAsync("folder/ls");
        Assert.Equal((there, isNull), (reply.ContainsKey("sub_folders"), reply["sub_folders"] is null));
        Assert.Equal(0, (int)reply["size"]!);
    }

    [Fact]
    public async Task An_unknown_or_foreign_folder_is_not_found()
    {
        await using var service = await TwoMembers.StartAsync();
        var foreign = service.Control.AddFolder("x", TwoMembers.Other);
        Assert.StartsWith("Folder not found", await service.RefusedAsync("folder/ls", new { folder_id = 77 }), StringComparison.Ordinal);
        Assert.StartsWith("Folder not found", await service.RefusedAsync("folder/ls", new { folder_id = foreign }), StringComparison.Ordinal);
        Assert.StartsWith("Folder not found", await service.RefusedAsync("file/ls", new { folder_id = foreign }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mkdir_makes_a_folder_where_it_was_told()
    {
        await using var service = await Service.StartAsync();
        var parent = service.Control.AddFolder("a");
        var reply = await service.CallAsync("folder/mkdir", new { name = "b", folder_id = parent });
        var made = service.Control.Tree().Folders.Single(f => f.Path == "a/b");
        Assert.Equal((made.Id, "b"), ((long)reply["folder_id"]!, (string?)reply["name"]));
        Assert.StartsWith("Invalid name", await service.RefusedAsync("folder/mkdir", new { name = "it's" }), StringComparison.Ordinal);
        Assert.StartsWith("Invalid name", await service.RefusedAsync("folder/mkdir", new { name = new string('x', 251) }), StringComparison.Ordinal);
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/mkdir", new { name = new string('é', 250) }))["status"]);
    }

    [Fact]
    public async Task Mkdir_of_an_existing_name_does_what_the_switch_says()
    {
        await using var service = await Service.StartAsync();
        var first = service.Control.AddFolder("a");
        Assert.StartsWith("Another folder have that name", await service.RefusedAsync("folder/mkdir", new { name = "a" }), StringComparison.Ordinal);
        service.Control.Behaviours = service.Control.Behaviours with { ExistingFolder = ExistingFolderAnswer.ReturnExisting };
        Assert.Equal(first, (long)(await service.CallAsync("folder/mkdir", new { name = "a" }))["folder_id"]!);
        service.Control.Behaviours = service.Control.Behaviours with { ExistingFolder = ExistingFolderAnswer.CreateSecond };
        Assert.NotEqual(first, (long)(await service.CallAsync("folder/mkdir", new { name = "a" }))["folder_id"]!);
        Assert.Equal(2, service.Control.Tree().Folders.Count);
    }

    [Fact]
    public async Task Case_makes_another_name_unless_the_switch_says_no()
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFolder("a");
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/mkdir", new { name = "A" }))["status"]);
        service.Control.Behaviours = service.Control.Behaviours with { FolderNamesIgnoreCase = true };
        service.Control.AddFolder("b");
        await service.RefusedAsync("folder/mkdir", new { name = "B" });
    }

    [Fact]
    public async Task A_folder_moves_with_everything_in_it()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("a/b/x.txt", [1]);
        var folders = service.Control.Tree().Folders.ToDictionary(f => f.Path, f => f.Id, StringComparer.Ordinal);
        Assert.StartsWith("A folder cannot be moved into itself", await service.RefusedAsync("folder/mv", new { folder_id = folders["a"], destination_folder_id = folders["a/b"] }), StringComparison.Ordinal);
        var reply = await service.CallAsync("folder/mv", new { folder_id = folders["a/b"], destination_folder_id = 0 });
        Assert.Equal(("b", "b"), ((string?)reply["old_name"], (string?)reply["new_name"]));
        Assert.Equal(("b/x.txt", url), (service.Control.Tree().Files[0].Path, service.Control.Tree().Files[0].Url));
    }

    [Theory]
    [InlineData(false, "to/new")]
    [InlineData(true, "new")]
    public async Task A_rename_with_a_destination_does_both_or_ignores_it(bool ignores, string path)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { FolderRenameIgnoresDestination = ignores });
        var folder = service.Control.AddFolder("old");
        var to = service.Control.AddFolder("to");
        await service.CallAsync("folder/mv", new { folder_id = folder, destination_folder_id = to, rename = "new" });
        Assert.Contains(path, service.Control.Tree().Folders.Select(f => f.Path));
    }

    [Fact]
    public async Task Only_an_empty_folder_is_removed_unless_the_switch_says_otherwise()
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFile("a/x.txt", [1]);
        var folder_id = service.Control.Tree().Folders[0].Id;
        Assert.StartsWith("Folder not empty", await service.RefusedAsync("folder/rm", new { folder_id }), StringComparison.Ordinal);
        service.Control.Behaviours = service.Control.Behaviours with { RefuseRemovingFullFolder = false };
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/rm", new { folder_id }))["status"]);
        Assert.Empty(service.Control.Tree().Files);
        await service.RefusedAsync("folder/rm", new { folder_id = 0 });
    }

    [Fact]
    public async Task A_group_share_lets_another_member_in_as_far_as_it_says()
    {
        await using var service = await TwoMembers.StartAsync();
        service.Control.AddFile("shared/in/x.txt", [1]);
        var folders = service.Control.Tree().Folders.ToDictionary(f => f.Path, f => f.Id, StringComparer.Ordinal);
        await service.CallAsync("folder/share", new { folder_id = folders["shared"], shares = new[] { new { email = TwoMembers.Other, rw = 0, hide_links = 1 } } });
        var owner = SandboxAccount.Default.Email;

        var root = await service.CallAsync("folder/ls", new { folder_id = 0, sharing_user = owner }, TwoMembers.OtherKey);
        Assert.Equal("shared", (string?)Assert.Single(root["sub_folders"]!.AsArray())!["name"]);
        var item = Assert.Single((await service.CallAsync("file/ls", new { folder_id = folders["shared/in"] }, TwoMembers.OtherKey))["items"]!.AsArray())!;
        Assert.Null(item["url"]);
        Assert.StartsWith("Resource not allowed", await service.RefusedAsync("folder/mkdir", new { name = "new", folder_id = folders["shared"] }, TwoMembers.OtherKey), StringComparison.Ordinal);
        var token = await service.CallAsync("download/get_token", new { folder_id = folders["shared/in"], filename = "x.txt", sharing_user = owner }, TwoMembers.OtherKey);
        Assert.Equal("OK", (string?)token["status"]);

        await service.CallAsync("folder/share", new { folder_id = folders["shared"], shares = new[] { new { email = TwoMembers.Other, rw = 1 } } });
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/mkdir", new { name = "new", folder_id = folders["shared"] }, TwoMembers.OtherKey))["status"]);
        await service.CallAsync("folder/share", new { folder_id = folders["shared"], shares = Array.Empty<object>() });
        await service.RefusedAsync("folder/ls", new { folder_id = folders["shared"] }, TwoMembers.OtherKey);
    }
}

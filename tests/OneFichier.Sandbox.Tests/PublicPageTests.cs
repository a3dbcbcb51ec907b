using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class PublicPageTests
{
    [Fact]
    public async Task A_shared_folder_is_a_JSON_array_of_its_files_alone()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("shared/x.txt", [1, 2]);
        service.Control.AddFile("shared/deeper/y.txt", [1]);
        var folder_id = service.Control.Tree().Folders.Single(f => f.Path == "shared").Id;
        var address = (string)(await service.CallAsync("folder/share", new { folder_id, share = 1 }))["url"]!;
        Assert.Matches(@"\Ahttps://1fichier\.com/dir/[A-Za-z0-9]+\z", address);
        Assert.Equal(address, (string?)(await service.CallAsync("folder/ls", new { folder_id }))["shared"]);

        var path = new Uri(address).AbsolutePath;
        var item = Assert.Single(JsonNode.Parse(await service.Http.GetStringAsync("/en" + path + "?json=1", TestContext.Current.CancellationToken))!.AsArray())!;
        Assert.Equal((url, "x.txt", 2, 0), ((string?)item["link"], (string?)item["filename"], (int)item["size"]!, (int)item["password"]!));
        await service.CallAsync("folder/share", new { folder_id, share = 0 });
        using var gone = await service.GetAsync(path);
        Assert.Equal(404, (int)gone.StatusCode);
    }

    [Fact]
    public async Task A_share_with_a_password_shows_a_form_until_it_is_given()
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFile("shared/x.txt", [1]);
        var folder_id = service.Control.Tree().Folders[0].Id;
        var path = new Uri((string)(await service.CallAsync("folder/share", new { folder_id, share = 1, pass = "secret" }))["url"]!).AbsolutePath;
        Assert.Contains("name=\"pass\"", await service.Http.GetStringAsync(path + "?json=1", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("json", "1"), new("pass", "secret")]);
        using var opened = await service.Http.PostAsync(path, form, TestContext.Current.CancellationToken);
        Assert.Single(JsonNode.Parse(await Service.TextAsync(opened))!.AsArray());
    }

    [Fact]
    public async Task A_file_page_says_whether_the_file_is_there()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("x<y.txt", [1]);
        var page = "/" + new Uri(url).Query;
        Assert.Contains("x&lt;y.txt", await service.Http.GetStringAsync(page + "&af=123", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await service.CallAsync("file/chattr", new { urls = new[] { url }, pass = "secret" });
        Assert.Contains("Access to this file is protected", await service.Http.GetStringAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        service.Control.RemoveFile(url);
        using var gone = await service.GetAsync(page);
        Assert.Equal(404, (int)gone.StatusCode);
        Assert.Contains("File not found !", await Service.TextAsync(gone), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_are_checked_by_the_line()
    {
        await using var service = await Service.StartAsync();
        var open = service.Control.AddFile("x.txt", [1, 2]);
        var closed = service.Control.AddFile("y.txt", [1]);
        await service.CallAsync("file/chattr", new { urls = new[] { closed }, pass = "secret" });
        const string missing = "https://1fichier.com/?aaaaaaaaaaaaaaaaaaaa";
        using var form = new FormUrlEncodedContent(new[] { open, closed, missing, "nonsense" }.Select(u => KeyValuePair.Create("links[]", u)));
        using var reply = await service.Http.PostAsync("/check_links.pl", form, TestContext.Current.CancellationToken);
        Assert.Equal($"{open};x.txt;2\n{closed};;;PRIVATE\n{missing};;;NOT FOUND\nnonsense;;;BAD LINK\n", await Service.TextAsync(reply));
    }
}

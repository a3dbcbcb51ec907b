using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task A_hundred_thousand_files_are_seeded_without_their_bytes()
    {
        await using var service = await Service.StartAsync();
        service.Control.Seed(new SandboxSeed { Into = "big", Folders = 100, Files = 100_000, FileSize = 1_000_000_000 });
        var folder_id = (long)(await service.CallAsync("folder/ls"))["sub_folders"]![0]!["id"]!;
        var folders = (await service.CallAsync("folder/ls", new { folder_id }))["sub_folders"]!.AsArray();
        Assert.Equal(100, folders.Count);
        Assert.Equal(100_000L * 1_000_000_000, (long)(await service.CallAsync("user/info"))["cold_storage"]!);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_contents()
    {
        var list = new[] { new SandboxSeedFile("a/x", 1000, 5), new SandboxSeedFile("a/y", 1000, 6) };
        await using var one = await Service.StartAsync();
        await using var two = await Service.StartAsync();
        one.Control.Seed(list);
        two.Control.Seed(list);
        Assert.Equal(one.Control.Tree().Files.Select(f => f.Checksum), two.Control.Tree().Files.Select(f => f.Checksum));
        Assert.NotEqual(one.Control.Tree().Files[0].Checksum, one.Control.Tree().Files[1].Checksum);
    }

    [Fact]
    public async Task The_log_tells_what_was_asked_and_no_key()
    {
        await using var service = await Service.StartAsync();
        await service.CallAsync("file/ls", new { folder_id = 0, note = SandboxOptions.DefaultKey });
        var logged = Assert.Single(service.Control.Requests);
        Assert.Equal(("POST", "/v1/file/ls.cgi", "file/ls", 200), (logged.Method, logged.Path, logged.Endpoint, logged.Status));
        Assert.Equal(SandboxAccount.Default.Email, logged.Account);
        Assert.Contains("folder_id", logged.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(SandboxOptions.DefaultKey, logged.ToString(), StringComparison.Ordinal);
        service.Control.ResetLog();
        Assert.Empty(service.Control.Requests);
        Assert.Equal(0, service.Control.Counters.Api);
    }

    [Fact]
    public async Task Somebody_else_changes_things_behind_ones_back()
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddFile("a/x", [1]);
        service.Control.RenameFile(url, "y");
        service.Control.MoveFile(url, "b/c");
        service.Control.MoveFolder("b/c", "d");
        service.Control.RemoveFolder("a");
        Assert.Equal(["b", "d"], service.Control.Tree().Folders.Select(f => f.Path));
        Assert.Equal("d/y", Assert.Single(service.Control.Tree().Files).Path);
        service.Control.Clear();
        Assert.Empty(service.Control.Tree().Files);
        Assert.Throws<KeyNotFoundException>(() => service.Control.RemoveFile(url));
        Assert.Throws<KeyNotFoundException>(() => service.Control.RemoveFolder("nowhere"));
    }

    [Fact]
    public async Task A_reset_leaves_nothing_but_the_switches()
    {
        await using var service = await TwoMembers.StartAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        service.Control.AddFile("a/x", [1]);
        service.Control.AddFile("y", [1], TwoMembers.Other);
        await service.CallAsync("folder/ls");
        service.Control.FailNext(FaultKind.Flood, "folder/ls");
        await SendAsync(service, "POST", "reset");
        Assert.Empty(service.Control.Requests);
        Assert.Empty(service.Control.Tree().Folders);
        Assert.Empty(service.Control.Tree(TwoMembers.Other).Files);
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/ls"))["status"]);
        Assert.Equal(SandboxLimits.Documented, service.Control.Limits);
    }

    [Fact]
    public async Task All_verbs_are_served_over_HTTP()
    {
        await using var service = await Service.StartAsync();
        var made = await SendAsync(service, "POST", "files", new { path = "a/x.txt", text = "content" });
        var url = (string)made["url"]!;
        await SendAsync(service, "POST", "files", new { path = "a/raw", base64 = "AQID" });
        await SendAsync(service, "POST", "files", new { path = "a/gen", size = 5 });
        await SendAsync(service, "POST", "files/rename", new { url, name = "y.txt" });
        await SendAsync(service, "POST", "files/move", new { url, folder = "b" });
        await SendAsync(service, "POST", "folders", new { path = "c" });
        await SendAsync(service, "POST", "folders/move", new { path = "c", to = "d/e" });
        await SendAsync(service, "POST", "folders/remove", new { path = "a" });
        await SendAsync(service, "POST", "seed", new { into = "s", folders = 2, files = 4, size = 10 });
        var tree = await SendAsync(service, "GET", "tree");
        Assert.Equal(["b", "d", "d/e", "s", "s/folder-000001", "s/folder-000002"], tree["folders"]!.AsArray().Select(f => (string?)f!["path"]));
        Assert.Equal(5, tree["files"]!.AsArray().Count);
        await SendAsync(service, "POST", "files/remove", new { url });
        await SendAsync(service, "POST", "clear");
        Assert.Empty(service.Control.Tree().Files);
    }

    [Fact]
    public async Task Switches_are_set_over_HTTP_one_at_a_time()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { WaitPages = 3 });
        await SendAsync(service, "PATCH", "behaviours", new { list_lag = "00:00:02", existing_folder = "CreateSecond" });
        Assert.Equal(service.Control.Behaviours, new SandboxBehaviours { WaitPages = 3, ListLag = TimeSpan.FromSeconds(2), ExistingFolder = ExistingFolderAnswer.CreateSecond });
        await SendAsync(service, "PUT", "limits", new { name = "documented" });
        await SendAsync(service, "PATCH", "limits", new { connections = (int?)null, requests_per_second = 2 });
        Assert.Equal(service.Control.Limits, SandboxLimits.Documented with { Connections = null, RequestsPerSecond = 2 });
        await SendAsync(service, "PUT", "faults", new { plan = "seed=3,busy=0.5" });
        Assert.Equal("seed=3,busy=0.5", (string?)(await SendAsync(service, "GET", "faults"))["plan"]);
        await SendAsync(service, "POST", "faults/next", new { kind = "flood", where = "file/ls", count = 2 });
        await SendAsync(service, "POST", "faults/reset");
        await SendAsync(service, "POST", "limits/reset");
        var before = service.Control.Now;
        await SendAsync(service, "POST", "clock/advance", new { advance = "01:00:00" });
        Assert.True(service.Control.Now - before >= TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Accounts_are_changed_over_HTTP()
    {
        await using var service = await Service.StartAsync();
        const string key = "second-key=000000000000000000000";
        await SendAsync(service, "POST", "keys", new { key });
        await SendAsync(service, "POST", "keys/disable", new { key = SandboxOptions.DefaultKey });
        await SendAsync(service, "PATCH", "account", new { offer = "Gold", quota = 5, upload_forbidden = true });
        var info = await service.CallAsync("user/info", null, key);
        Assert.Equal(("3", 5L, "1"), ((string?)info["offer"], (long)info["allowed_cold_storage"]!, (string?)info["upload_forbidden"]));
        await SendAsync(service, "PATCH", "account", new { locked = true });
        await service.RefusedAsync("user/info", null, key);
        Assert.Equal(2, (int)(await SendAsync(service, "GET", "counters"))["api"]!);
        await SendAsync(service, "POST", "log/reset");
    }

    [Theory]
    [InlineData("GET", "nothing", null, 404)]
    [InlineData("POST", "files", "{}", 400)]
    [InlineData("POST", "files", "[]", 400)]
    [InlineData("POST", "files/remove", """{"url":"https://1fichier.com/?aaaaaaaaaaaaaaaaaaaa"}""", 400)]
    [InlineData("PATCH", "behaviours", """{"wait_pages":-1}""", 400)]
    [InlineData("PATCH", "behaviours", """{"unknown":1}""", 400)]
    [InlineData("PUT", "faults", """{"plan":"thunder=1"}""", 400)]
    public async Task A_wrong_order_is_refused_in_words(string method, string verb, string? body, int status)
    {
        await using var service = await Service.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/_sandbox/" + verb) { Content = body is null ? null : new StringContent(body) };
        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty((string)JsonNode.Parse(await Service.TextAsync(response))!["error"]!);
    }

    private static async Task<JsonNode> SendAsync(Service service, string method, string verb, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/_sandbox/" + verb)
        {
            Content = body is null ? null : new StringContent(System.Text.Json.JsonSerializer.Serialize(body)),
        };
        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await Service.TextAsync(response);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}

using System.Net;
using System.Text.Json;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways.Rest;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests.Rest;

/// <summary>How calls are sent, who may make them, and what becomes of those who mean harm.</summary>
public sealed class RestFaceTests
{
    private static readonly string[] Changing =
    [
        "folder/create.cgi", "folder/delete.cgi", "upload.cgi", "file/delete.cgi", "file/rename.cgi", "file/move.cgi", "file/copy.cgi", "remote/upload.cgi",
    ];

    [Fact]
    public async Task Parameters_may_stand_in_the_query_a_form_or_json()
    {
        await using var stage = await RestStage.WithFilesAsync("d/a");
        (await stage.GetAsync("folder/list.cgi?path=d")).Done();
        (await stage.FormAsync("folder/list.cgi", ("path", "d"))).Done();
        (await stage.JsonAsync("folder/list.cgi", "{\"path\":\"d\",\"pretty\":1,\"x\":null}")).Done();
        (await stage.JsonAsync("folder/list.cgi", "")).Done();
        using var form = new MultipartFormDataContent { { new StringContent("d"), "path" } };
        (await stage.SendAsync(HttpMethod.Post, "folder/list.cgi", form)).Done();
        using var unnamed = new ByteArrayContent("{\"path\":\"d\"}"u8.ToArray());
        (await stage.SendAsync(HttpMethod.Post, "folder/list.cgi", unnamed)).Done();
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    public async Task Json_that_is_no_object_is_a_bad_request(string body)
    {
        await using var stage = await RestStage.StartAsync();
        (await stage.JsonAsync("folder/list.cgi", body)).Refused(400);
    }

    [Fact]
    public async Task Whatever_changes_something_must_be_posted()
    {
        await using var stage = await RestStage.WithFilesAsync("a");
        foreach (var call in Changing)
        {
            (await stage.GetAsync(call + "?path=a&url=http://example.com/&folder=b&name=c&filename=d")).Refused(405);
            Assert.Equal(204, (await stage.SendAsync(HttpMethod.Options, call, null)).Status);
        }

        (await stage.SendAsync(HttpMethod.Delete, "folder/list.cgi", null)).Refused(405);
        (await stage.FormAsync("openapi.json")).Refused(405);
        (await stage.GetAsync("no/such.cgi")).Refused(404);
        Assert.Equal("a", await stage.TreeAsync());
    }

    [Fact]
    public async Task A_token_that_may_read_changes_nothing_by_any_call()
    {
        var volume = new MemoryVolume();
        await volume.PutAsync([Plain.New("a", "a"), Plain.New("d/b", "b")]);
        await volume.MakeFolderAsync(VolumePath.Parse("empty"));
        await using var stage = await RestStage.StartAsync(new ScopedVolume(volume, new AccessScope { Level = AccessLevel.Read }));
        await TryAllAsync(stage, 403);
        Assert.Equal("a d/b", await stage.TreeAsync());
        Assert.NotNull(await volume.FindAsync(VolumePath.Parse("empty")));
        (await stage.GetAsync("folder/list.cgi")).Done();
    }

    [Fact]
    public async Task A_token_that_may_add_changes_nothing_that_is_there()
    {
        var volume = new MemoryVolume();
        await volume.PutAsync([Plain.New("a", "a"), Plain.New("d/b", "b")]);
        await volume.MakeFolderAsync(VolumePath.Parse("empty"));
        await using var stage = await RestStage.StartAsync(new ScopedVolume(volume, new AccessScope { Level = AccessLevel.Append }));
        (await stage.UploadAsync("", ("file", "new", "new"))).Done();
        (await stage.UploadAsync("", ("file", "new", "newer"))).Refused(403);
        (await stage.UploadAsync("?overwrite=1", ("file", "new", "newer"))).Refused(403);
        (await stage.FormAsync("file/copy.cgi", ("path", "a"), ("folder", "/"), ("rename", "new"), ("overwrite", "1"))).Refused(403);
        (await stage.FormAsync("file/move.cgi", ("path", "a"), ("folder", "/d"))).Refused(403);
        (await stage.FormAsync("file/rename.cgi", ("path", "a"), ("filename", "x"))).Refused(403);
        (await stage.FormAsync("file/delete.cgi", ("path", "a"))).Refused(403);
        (await stage.FormAsync("folder/delete.cgi", ("path", "empty"))).Refused(403);
        Assert.Equal(("a d/b new", "new"), (await stage.TreeAsync(), await stage.ReadAsync("new")));
    }

    [Fact]
    public async Task A_token_of_a_folder_sees_nothing_outside_by_any_name()
    {
        var volume = new MemoryVolume();
        await volume.PutAsync([Plain.New("mine/a", "a"), Plain.New("secret", "hidden")]);
        await using var whole = await RestStage.StartAsync(volume);
        var secret = (await whole.GetAsync("file/info.cgi?path=secret")).Done().List("items").Single();
        await using var stage = await RestStage.StartAsync(new ScopedVolume(volume, new AccessScope { Level = AccessLevel.Write, Path = VolumePath.Parse("mine") }));
        foreach (var name in new[] { secret.GetProperty("id").GetString()!, new Uri(stage.Url, new Uri(secret.GetProperty("url").GetString()!).AbsolutePath).AbsoluteUri })
        {
            (await stage.GetAsync("file/info.cgi?url=" + Uri.EscapeDataString(name))).Refused(404);
            (await stage.FormAsync("file/delete.cgi", ("url", name))).Refused(404);
        }

        foreach (var path in new[] { "../secret", "/../secret", "a/../../secret", "..\\secret", "%2e%2e/secret", "secret", "/mine/../secret", "a\0" })
        {
            Assert.Contains((await stage.FormAsync("file/info.cgi", ("path", path))).Status, new[] { 400, 404 });
            Assert.Contains((await stage.FormAsync("file/delete.cgi", ("path", path))).Status, new[] { 400, 404 });
            Assert.Contains((await stage.FormAsync("file/copy.cgi", ("path", path), ("folder", "/"))).Status, new[] { 400, 404 });
            Assert.NotEqual(200, (await stage.FormAsync("folder/list.cgi", ("path", path))).Status);
        }

        (await stage.UploadAsync("?folder=..", ("file", "x", "x"))).Refused(400);
        Assert.Equal("mine/a secret", await whole.TreeAsync());
    }

    [Fact]
    public async Task Failures_before_the_face_are_json_too()
    {
        await using var stage = await RestStage.StartAsync();
        using var stranger = stage.Gateway.NewClient();
        using var answer = await stranger.GetAsync("folder/list.cgi");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("KO", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString());
        Assert.Contains("{\"status\":\"KO\"", await stage.Gateway.RawAsync("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_can_neither_post_nor_read()
    {
        await using var stage = await RestStage.WithFilesAsync("a");
        foreach (var (name, value) in new[] { ("Origin", "http://evil.example"), ("Sec-Fetch-Site", "cross-site") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "file/delete.cgi") { Content = new StringContent("path=a", null, "application/x-www-form-urlencoded") };
            request.Headers.Add(name, value);
            using var answer = await stage.Gateway.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal("a", await stage.TreeAsync());
    }

    [Fact]
    public async Task The_document_names_every_call_and_the_page_runs_nothing()
    {
        await using var stage = await RestStage.StartAsync();
        var document = (await stage.GetAsync("openapi.json")).Json;
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(p => p.Name[1..], p => p.Value);
        Assert.Superset(Changing.ToHashSet(), paths.Keys.ToHashSet());
        foreach (var (path, methods) in paths)
        {
            Assert.Equal(!Changing.Contains(path), methods.TryGetProperty("get", out _));
            Assert.NotEqual(404, (await stage.SendAsync(HttpMethod.Options, path, null)).Status);
        }

        var ids = paths.Values.SelectMany(p => p.EnumerateObject()).Select(m => m.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        using var page = await stage.Gateway.Client.GetAsync("");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(paths.Keys, path => Assert.Contains("/" + path, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_faces_on_one_host_each_answer_below_their_names()
    {
        var volume = new MemoryVolume();
        await volume.PutAsync([Plain.New("a.txt", "content")]);
        var rest = RestGateway.Face();
        var http = new GatewayFace(Gateways.Http.HttpGateway.Name, app => Gateways.Http.HttpGateway.MapHttpFiles(app));
        await using var host = await Server.GatewayHost.StartAsync(new Server.GatewayHostOptions { Gatekeeper = new OneCaller(volume), Faces = [rest, http] });
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = GatewayStage.Basic(OneCaller.User, OneCaller.Secret);
        var listing = JsonDocument.Parse(await client.GetStringAsync(new Uri(host.UrlOf(rest), "folder/list.cgi"))).RootElement;
        var url = listing.GetProperty("items")[0].GetProperty("url").GetString()!;
        Assert.StartsWith(host.UrlOf(rest) + "f/", url, StringComparison.Ordinal);
        Assert.Equal("content", await client.GetStringAsync(url));
        Assert.Equal("content", await client.GetStringAsync(new Uri(host.UrlOf(http), "a.txt")));
        Assert.Contains("href=\"a.txt\"", await client.GetStringAsync(host.UrlOf(http)), StringComparison.Ordinal);
    }

    private static async Task TryAllAsync(RestStage stage, int status)
    {
        (await stage.FormAsync("folder/create.cgi", ("path", "new"))).Refused(status);
        (await stage.FormAsync("folder/delete.cgi", ("path", "empty"))).Refused(status);
        (await stage.UploadAsync("", ("file", "new", "x"))).Refused(status);
        (await stage.FormAsync("file/delete.cgi", ("path", "a"))).Refused(status);
        (await stage.FormAsync("file/rename.cgi", ("path", "a"), ("filename", "x"))).Refused(status);
        (await stage.FormAsync("file/move.cgi", ("path", "a"), ("folder", "/d"))).Refused(status);
        (await stage.FormAsync("file/copy.cgi", ("path", "a"), ("folder", "/d"))).Refused(status);
    }
}

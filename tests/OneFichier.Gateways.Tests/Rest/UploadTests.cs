using System.Net.Http.Headers;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests.Rest;

public sealed class UploadTests
{
    [Theory]
    [InlineData("file")]
    [InlineData("file[]")]
    [InlineData("anything")]
    public async Task Files_of_a_form_are_stored(string part)
    {
        await using var stage = await RestStage.StartAsync();
        var answer = (await stage.UploadAsync("?folder=/in", (part, "a.txt", "one"), (part, "é b.txt", "two"), (part, "empty", ""))).Done();
        Assert.Equal("in/a.txt in/empty in/é b.txt", await stage.TreeAsync());
        Assert.Equal("two", await stage.ReadAsync("in/é b.txt"));
        var link = answer.List("links")[0];
        Assert.Equal(("a.txt", 3, 128), (link.GetProperty("filename").GetString(), link.GetProperty("size").GetInt32(), link.GetProperty("whirlpool").GetString()!.Length));
        Assert.Equal("one", (await stage.GetAsync(link.GetProperty("url").GetString()!)).Text);
    }

    [Fact]
    public async Task The_folder_may_be_named_behind_the_file_and_by_id()
    {
        await using var stage = await RestStage.WithFilesAsync("in/x");
        var id = (await stage.GetAsync("folder/list.cgi")).Done().List("sub_folders").Single().GetProperty("id").GetString()!;
        using var form = new MultipartFormDataContent { { new StringContent("one"), "file", "a.txt" }, { new StringContent(id), "did" } };
        (await stage.SendAsync(HttpMethod.Post, "upload.cgi", form)).Done();
        Assert.Equal("one", await stage.ReadAsync("in/a.txt"));
    }

    [Fact]
    public async Task A_body_of_its_own_is_a_file_of_the_name_that_is_given()
    {
        await using var stage = await RestStage.StartAsync();
        (await stage.SendAsync(HttpMethod.Post, "upload.cgi?name=a%20b.bin&folder=in", Raw("content"))).Done();
        Assert.Equal("content", await stage.ReadAsync("in/a b.bin"));
        (await stage.SendAsync(HttpMethod.Post, "upload.cgi?name=none", null)).Done();
        Assert.Equal("", await stage.ReadAsync("none"));
        (await stage.SendAsync(HttpMethod.Post, "upload.cgi", Raw("content"))).Refused(400);
        (await stage.SendAsync(HttpMethod.Post, "upload.cgi?name=a/b", Raw("content"))).Refused(400);
    }

    [Fact]
    public async Task A_large_body_waits_on_the_disk_and_leaves_nothing_there()
    {
        using var spool = new Testing.TempFolder();
        await using var stage = await RestStage.StartAsync(change: o => o with { SpoolFolder = spool.Path, SpoolInMemory = 1000 });
        var content = string.Concat(Enumerable.Range(0, 300_000).Select(n => (char)('a' + (n % 26))));
        (await stage.UploadAsync("", ("file", "big.txt", content), ("file", "small.txt", "small"))).Done();
        Assert.Equal(content, await stage.ReadAsync("big.txt"));
        Assert.Empty(Directory.GetFiles(spool.Path));
    }

    [Fact]
    public async Task What_is_there_is_replaced_unless_it_shall_stay()
    {
        await using var stage = await RestStage.WithFilesAsync("a");
        (await stage.UploadAsync("?overwrite=0", ("file", "a", "new"))).Refused(409);
        Assert.Equal("a", await stage.ReadAsync("a"));
        (await stage.UploadAsync("", ("file", "a", "new"))).Done();
        Assert.Equal("new", await stage.ReadAsync("a"));
        var some = (await stage.UploadAsync("?overwrite=no", ("file", "a", "newer"), ("file", "b", "b"))).Refused(207);
        Assert.Equal(("/a", 1), (some.List("failed").Single().GetProperty("path").GetString(), some.List("links").Count));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\\\Users\\\\x\\\\a.txt", "a.txt")]
    [InlineData("/abs/olute.txt", "olute.txt")]
    [InlineData("..", null)]
    [InlineData("a/..", null)]
    [InlineData("x/", null)]
    public async Task Folders_in_the_name_of_a_file_lead_nowhere(string name, string? stored)
    {
        await using var stage = await RestStage.StartAsync();
        var answer = await stage.UploadAsync("?folder=in", ("file", name, "content"));
        Assert.Equal(stored is null ? 400 : 200, answer.Status);
        Assert.Equal(stored is null ? "" : "in/" + stored, await stage.TreeAsync());
    }

    [Theory]
    [InlineData("multipart/form-data", "--x\r\n")]
    [InlineData("multipart/form-data; boundary=", "--x\r\n")]
    [InlineData("multipart/form-data; boundary=x", "no boundary at all")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Type: text/plain\r\n\r\nx\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x--\r\n")]
    public async Task A_form_that_is_broken_or_empty_stores_nothing(string type, string body)
    {
        await using var stage = await RestStage.StartAsync();
        var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await stage.SendAsync(HttpMethod.Post, "upload.cgi", content)).Refused(400);
        Assert.Equal("", await stage.TreeAsync());
    }

    [Fact]
    public async Task A_cut_upload_leaves_the_old_file_and_nothing_short()
    {
        await using var stage = await RestStage.WithFilesAsync("a");
        var raw = $"POST /upload.cgi?name=a HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nContent-Length: 100\r\n\r\nshort";
        using (var client = new System.Net.Sockets.TcpClient())
        {
            await client.ConnectAsync(stage.Url.Host, stage.Url.Port);
            await client.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(stage.Gateway.Fill(raw)));
        }

        (await stage.GetAsync("user/info.cgi")).Done();
        Assert.Equal("a", await stage.ReadAsync("a"));
    }

    [Fact]
    public async Task Numbers_and_sizes_have_limits()
    {
        await using var stage = await RestStage.StartAsync(change: o => o with { MaxFiles = 2, MaxInputBytes = 1000, MaxValues = 50 });
        (await stage.UploadAsync("", ("f", "a", "1"), ("f", "b", "2"), ("f", "c", "3"))).Refused(413);
        Assert.Equal("", await stage.TreeAsync());
        (await stage.UploadAsync("", ("f", "a", "1"), ("f", "a", "2"))).Refused(400);
        using var wide = new MultipartFormDataContent { { new StringContent(new string('x', 2000)), "folder" } };
        (await stage.SendAsync(HttpMethod.Post, "upload.cgi", wide)).Refused(413);
        (await stage.FormAsync("file/delete.cgi", ("path", new string('x', 2000)))).Refused(413);
        (await stage.JsonAsync("file/delete.cgi", $"{{\"path\":\"{new string('x', 2000)}\"}}")).Refused(413);
        (await stage.FormAsync("file/delete.cgi", [.. Enumerable.Repeat(("path", "x"), 60)])).Refused(413);
        (await stage.JsonAsync("file/delete.cgi", $"{{\"path\":[{string.Join(',', Enumerable.Repeat("1", 60))}]}}")).Refused(413);
    }

    [Fact]
    public async Task Curl_uploads_lists_and_downloads_as_guides_say()
    {
        var curl = SystemProgram.Require("curl", "curl");
        await using var stage = await RestStage.StartAsync();
        using var folder = new Testing.TempFolder();
        folder.Write("film.mkv", [.. Enumerable.Range(0, 500_000).Select(n => (byte)(n % 251))]);
        Assert.Contains("\"status\":\"OK\"", await CurlAsync("-F", "file=@film.mkv", "-F", "folder=/films", $"{stage.Url}upload.cgi"), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"OK\"", await CurlAsync("--data-binary", "@film.mkv", $"{stage.Url}upload.cgi?name=raw.mkv"), StringComparison.Ordinal);
        Assert.Contains("film.mkv", await CurlAsync($"{stage.Url}folder/list.cgi?path=/films"), StringComparison.Ordinal);
        var url = System.Text.Json.JsonDocument.Parse(await CurlAsync("-d", "path=/films/film.mkv", $"{stage.Url}download/get_token.cgi")).RootElement.GetProperty("url").GetString()!;
        await CurlAsync("-o", "back.mkv", url);
        Assert.Equal(File.ReadAllBytes(folder["film.mkv"]), File.ReadAllBytes(folder["back.mkv"]));
        Assert.Equal(500_000, (await stage.ReadAsync("raw.mkv")) is null ? 0 : (await stage.Volume.FindAsync(VolumePath.Parse("raw.mkv")))!.Size);

        async Task<string> CurlAsync(params string[] arguments)
        {
            var (exit, text) = await SystemProgram.RunAsync(curl, ["-sS", "-H", $"Authorization: Bearer {stage.Gateway.Secret}", .. arguments], folder.Path);
            Assert.True(exit == 0, text);
            return text;
        }
    }

    private static ByteArrayContent Raw(string content)
    {
        var raw = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content));
        raw.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return raw;
    }
}

using System.Globalization;
using System.Text;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class MultipartTests
{
    private const string NotUnderstood = "<div class=\"bloc2\">Pas de fichier trouv&#233; dans l&#39;envoi</div>";
    private const string Good = "--b\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"x.txt\"\r\n\r\ncontent\r\n--b--\r\n";

    [Theory]
    [InlineData("multipart/form-data; boundary=\"b\"", Good)]
    [InlineData("multipart/form-data", Good)]
    [InlineData("application/octet-stream", Good)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=file[]; filename=\"x.txt\"\r\n\r\nc\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file[]\"; filename=x.txt\r\n\r\nc\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"x.txt\"\r\n\r\nc\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"x.txt\"\r\n\r\nc\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"x.txt\"\r\n\r\n\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"x.txt\"\r\n\r\nno end")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"did\"\r\n\r\n0\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "")]
    public async Task What_the_service_does_not_understand_is_refused_in_French(string type, string body)
    {
        await using var service = await Service.StartAsync();
        using var response = await service.PostRawAsync(Service.Bytes(body), type);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains(NotUnderstood, await Service.TextAsync(response), StringComparison.Ordinal);
        Assert.Empty(service.Control.Tree().Files);
        Assert.Equal("Pas de fichier trouvé dans l'envoi", service.Control.Requests[^1].Message);
    }

    [Fact]
    public async Task A_lenient_parser_takes_what_others_would()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { StrictMultipart = false });
        var body = "--b\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=file; filename=x.txt\r\n\r\nc\r\n--b--\r\n";
        using var response = await service.PostRawAsync(Service.Bytes(body), "multipart/form-data; boundary=\"b\"");
        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal("x.txt", service.Control.Tree().Files[0].Name);
    }

    [Fact]
    public async Task The_folder_may_come_after_the_file()
    {
        await using var service = await Service.StartAsync();
        var folder = service.Control.AddFolder("to");
        var body = Good.Replace("--b--\r\n", $"--b\r\nContent-Disposition: form-data; name=\"did\"\r\n\r\n{folder}\r\n--b--\r\n", StringComparison.Ordinal);
        using var response = await service.PostRawAsync(Service.Bytes(body), "multipart/form-data; boundary=b");
        Assert.Equal("to/x.txt", service.Control.Tree().Files[0].Path);
    }

    [Fact]
    public async Task Content_that_looks_like_a_boundary_survives_any_split()
    {
        await using var service = await Service.StartAsync();
        var random = new Random(20261120);
        for (var round = 0; round < 40; round++)
        {
            var content = new StringBuilder("-");
            while (content.Length < random.Next(1, 300_000))
                content.Append(random.Next(6) switch { 0 => "\r\n--frontie", 1 => "\r\n--", 2 => "\r", 3 => "\n--frontie", 4 => "\r\n\r\n--frontie"[..random.Next(1, 13)], _ => "some text" });
            var bytes = Service.Bytes(content.ToString());
            var link = (await service.UploadAsync($"{round}", bytes))[0]!;
            using var stored = service.Control.Open((string)link["download"]!);
            using var copy = new MemoryStream();
            stored.CopyTo(copy);
            Assert.True(bytes.AsSpan().SequenceEqual(copy.ToArray()), $"seed 20261120, round {round}");
        }
    }

    [Fact]
    public async Task A_chunked_upload_is_refused()
    {
        await using var service = await Service.StartAsync();
        var path = new Uri(await service.UploadAddressAsync()).PathAndQuery;
        var request = RawConnection.Request($"POST {path}", "Transfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=b\r\n", "5\r\n--b--\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 411", await RawConnection.ExchangeAsync(service.Server.Origin, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_connection_stores_nothing()
    {
        await using var service = await Service.StartAsync();
        var path = new Uri(await service.UploadAddressAsync()).PathAndQuery;
        var half = RawConnection.Request(
            $"POST {path}",
            string.Create(CultureInfo.InvariantCulture, $"Authorization: Bearer {SandboxOptions.DefaultKey}\r\nContent-Length: {Good.Length + 10}\r\nContent-Type: multipart/form-data; boundary=b\r\n"),
            Good);
        Assert.DoesNotContain("Location:", await RawConnection.ExchangeAsync(service.Server.Origin, half, breakOff: true), StringComparison.Ordinal);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (service.Control.Requests.Count < 2)
            await looks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("upload.cgi", 0), (service.Control.Requests[^1].Endpoint, service.Control.Requests[^1].Status));
        Assert.Empty(service.Control.Tree().Files);
    }
}

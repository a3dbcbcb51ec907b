using System.Text;
using OneFichier.Testing;

namespace OneFichier.Tests.Uploads;

/// <summary>The form of <c>upload.cgi</c> to the byte: each of the traps that .NET sets.</summary>
public sealed class UploadFormTests
{
    [Fact]
    public async Task The_request_announces_its_length_and_an_unquoted_boundary_and_expects_nothing()
    {
        var request = await SentAsync([Pattern.File("a", "content"u8.ToArray())], new UploadSettings());
        Assert.StartsWith("POST /upload.cgi?id=node000001 HTTP/1.1", request.Head);
        Assert.Matches(@"\Amultipart/form-data; boundary=[A-Za-z0-9-]{1,70}\z", request.Header("Content-Type"));
        Assert.Single(request.Head.Split("\r\n"), l => l.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(request.ContentLength, request.Length);
        Assert.NotEqual(0, request.ContentLength);
        Assert.Null(request.Header("Transfer-Encoding"));
        Assert.Null(request.Header("Expect"));
        Assert.StartsWith("Bearer ", request.Header("Authorization"));
    }

    [Fact]
    public async Task The_body_is_this_to_the_byte()
    {
        var request = await SentAsync(
            [Pattern.File("été 日本.txt", "one"u8.ToArray()), Pattern.File("b;c=d.bin", "two"u8.ToArray())],
            new UploadSettings
            {
                Folder = new FolderId(9_000_000_000),
                Domain = HostingDomain.All[3],
                DownloadPassword = "secret",
                Notify = ["a@b.fr", "c@d.fr"],
                Message = "Voilà",
            });
        var boundary = "--" + request.Header("Content-Type")!.Split("boundary=")[1];
        string Field(string name, string value) => $"{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
        string File(string name, string content) =>
            $"{boundary}\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n";
        Assert.Equal(
            Field("did", "9000000000") + Field("domain", "3") + Field("dpass", "secret") + Field("mails", "a@b.fr,c@d.fr") + Field("message", "Voilà")
            + File("été 日本.txt", "one") + File("b;c=d.bin", "two") + boundary + "--\r\n",
            request.Text);
        Assert.DoesNotContain("filename*", request.Text);
    }

    [Theory]
    [InlineData("quote\".txt", "quote＂.txt")]
    [InlineData("line\r\nbreak", "line␍␊break")]
    [InlineData("a/b\\c", "a／b＼c")]
    [InlineData(" <$`'> ", "␠＜＄｀＇＞␠")]
    public async Task No_name_breaks_out_of_its_quotes(string name, string stored) =>
        Assert.Contains($"filename=\"{stored}\"\r\n", (await SentAsync([Pattern.File(name, "x"u8.ToArray())], new UploadSettings())).Text);

    [Fact]
    public async Task What_the_service_would_refuse_is_refused_before_it_is_sent()
    {
        await using var server = new RawServer(_ => RawReply.Cut);
        using var client = server.Client();
        var node = new UploadNode(server.Authority, "abcdefghij");
        var good = Pattern.File("a", 1);
        Task Send(IReadOnlyList<UploadFile> files, UploadSettings? settings = null) => client.Uploads.SendAsync(node, files, settings ?? new UploadSettings());
        await Assert.ThrowsAsync<ArgumentException>(() => Send([]));
        await Assert.ThrowsAsync<ArgumentException>(() => Send([.. Enumerable.Repeat(good, 501)]));
        await Assert.ThrowsAsync<ArgumentException>(() => Send([Pattern.File("empty", 0)]));
        await Assert.ThrowsAsync<ArgumentException>(() => Send([good with { Length = UploadLimits.FileBytes + 1 }]));
        await Assert.ThrowsAsync<ArgumentException>(() => Send([.. Enumerable.Repeat(good with { Length = UploadLimits.FileBytes }, 2)]));
        await Assert.ThrowsAsync<ArgumentException>(() => Send([good], new UploadSettings { DownloadPassword = "short" }));
        await Assert.ThrowsAsync<ArgumentException>(() => Send([good], new UploadSettings { Message = new string('x', 2001) }));
        await Assert.ThrowsAsync<ArgumentException>(() => Send([good], new UploadSettings { Notify = [.. Enumerable.Repeat("a@b.fr", 21)] }));
        await Assert.ThrowsAsync<ArgumentException>(() => Send([good], new UploadSettings { Notify = ["a@b.fr\r\nX: y"] }));
        Assert.Empty(server.Requests);
    }

    private static async Task<RawRequest> SentAsync(IReadOnlyList<UploadFile> files, UploadSettings settings)
    {
        await using var server = new RawServer(_ => RawReply.Accepted("other00001"));
        using var client = server.Client();
        var ticket = await client.Uploads.SendAsync(await client.Uploads.GetNodeAsync(), files, settings);
        Assert.Equal((server.Authority, "other00001"), (ticket.Host, ticket.ReportId));
        return Assert.Single(server.Requests);
    }
}

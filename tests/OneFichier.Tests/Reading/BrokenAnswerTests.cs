using System.IO.Compression;
using System.Net;
using System.Text;
using OneFichier.Testing;

namespace OneFichier.Tests.Reading;

/// <summary>Answers that are not what the service sends when it is well.</summary>
public sealed class BrokenAnswerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("""{"status":"OK","items":[{"url":"https://1fichi""")]
    [InlineData("<html><title>Hotel wireless</title>Please log in</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"OK\"")]
    [InlineData("""{"status":"OK","items":"none"}""")]
    public async Task What_is_no_answer_is_never_read_as_an_empty_folder(string body)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Text(body));
        using var client = handler.Client();
        var error = await Assert.ThrowsAsync<FichierProtocolException>(() => client.Files.ListAsync(FolderId.Root));
        Assert.NotEmpty(error.Remedy);
        Assert.Equal(client.Options.Attempts, handler.Requests.Count);
    }

    [Theory]
    [InlineData(400, typeof(FichierRejectedException))]
    [InlineData(401, typeof(FichierKeyException))]
    [InlineData(403, typeof(FichierRejectedException))]
    [InlineData(404, typeof(FichierProtocolException))]
    [InlineData(407, typeof(FichierProtocolException))]
    [InlineData(410, typeof(FichierProtocolException))]
    [InlineData(500, typeof(FichierUnavailableException))]
    [InlineData(502, typeof(FichierUnavailableException))]
    [InlineData(503, typeof(FichierUnavailableException))]
    public async Task A_page_with_a_status_gives_the_exception_of_the_status(int status, Type expected)
    {
        using var client = new ScriptedHandler(_ => ScriptedHandler.Text("<html>squid/4.1</html>", status)).Client();
        Assert.IsType(expected, await Record.ExceptionAsync(() => client.Files.ListAsync(FolderId.Root)));
    }

    [Theory]
    [InlineData(404, "Folder not found #117", typeof(FichierNotFoundException))]
    [InlineData(200, "Folder not empty #171", typeof(FichierRejectedException))]
    [InlineData(400, "JSON syntax error #31", typeof(FichierRejectedException))]
    [InlineData(401, "Who are you? #1", typeof(FichierKeyException))]
    [InlineData(503, "Come back #1", typeof(FichierUnavailableException))]
    public async Task An_unknown_message_keeps_its_text_and_goes_by_its_status(int status, string message, Type expected)
    {
        using var client = new ScriptedHandler(_ => ScriptedHandler.Json($$"""{"message":"{{message}}","status":"KO"}""", status)).Client();
        var error = Assert.IsAssignableFrom<FichierException>(await Record.ExceptionAsync(() => client.Files.ListAsync(FolderId.Root)));
        Assert.IsType(expected, error);
        Assert.Equal(message, error.ServiceText);
        Assert.Contains(message, error.Message);
        Assert.Null(error.Known);
    }

    [Fact]
    public async Task A_refusal_without_a_message_is_a_refusal()
    {
        using var client = new ScriptedHandler("""{"status":"ko"}""").Client();
        await Assert.ThrowsAsync<FichierRejectedException>(() => client.Files.ListAsync(FolderId.Root));
    }

    [Fact]
    public async Task Too_many_requests_without_any_text_are_a_flood_that_ends()
    {
        var handler = new ScriptedHandler(r => r.Number == 1 ? ScriptedHandler.Text("", 429) : ScriptedHandler.Json("""{"status":"OK"}"""));
        using var client = handler.Client();
        Assert.Empty((await client.Files.ListAsync(FolderId.Root)).Files);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task Half_a_body_on_the_wire_is_asked_for_again()
    {
        await using var server = new RawServer(new Halves().Next);
        using var client = server.Client();
        Assert.Single((await client.Files.ListAsync(FolderId.Root)).Files);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_compressed_answer_is_unpacked_whoever_made_the_connections()
    {
        using var client = new ScriptedHandler(_ => Compressed("""{"status":"OK","items":[{"url":"https://1fichier.com/?abcde","filename":"a","size":1}]}""")).Client();
        Assert.Single((await client.Files.ListAsync(FolderId.Root)).Files);
    }

    private static HttpResponseMessage Compressed(string json)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(json));
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(packed.ToArray()) };
        response.Content.Headers.ContentType = new("application/json");
        response.Content.Headers.ContentEncoding.Add("gzip");
        return response;
    }

    private sealed class Halves
    {
        private int _asked;

        public RawReply Next(RawRequest request)
        {
            var whole = RawReply.Json("""{"status":"OK","items":[{"url":"https://1fichier.com/?abcde","filename":"a","size":1}]}""");
            return _asked++ == 0 ? new RawReply(whole.Bytes[..^20], ThenCut: true) : whole;
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using OneFichier.Testing;

namespace OneFichier.Tests.Downloads;

/// <summary>A download host that serves one file by ranges as it should, but for the trouble a test makes.</summary>
internal static class DownloadHost
{
    public static readonly FileLink Link = FileLink.FromId("abcdefghij");

    /// <param name="content">The file.</param>
    /// <param name="trouble">Called with each request for bytes and its number among those; <see langword="null"/> lets it be served.</param>
    public static ScriptedHandler Of(byte[] content, Func<ScriptedRequest, int, HttpResponseMessage?> trouble)
    {
        var served = 0;
        var tokens = 0;
        return new ScriptedHandler(r => r.Endpoint == "download/get_token"
            ? ScriptedHandler.Json($$"""{"status":"OK","url":"https://a-1.1fichier.com/p{{Interlocked.Increment(ref tokens)}}"}""")
            : trouble(r, Interlocked.Increment(ref served)) ?? Range(content, r));
    }

    public static DownloadSource Source(byte[] content)
    {
        using var hash = new OneFichier.Hashing.Whirlpool();
        hash.AppendData(content);
        return new DownloadSource(Link, content.Length, hash.GetHashAndReset());
    }

    public static (long From, long To) Asked(ScriptedRequest request)
    {
        var range = RangeHeaderValue.Parse(request.Headers["Range"]).Ranges.Single();
        return (range.From!.Value, range.To!.Value);
    }

    public static HttpResponseMessage Range(byte[] content, ScriptedRequest request)
    {
        var (from, to) = Asked(request);
        return Slice(content[(int)from..(int)Math.Min(to + 1, content.Length)], from, content.Length);
    }

    public static HttpResponseMessage Slice(byte[] slice, long from, long total)
    {
        var response = new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(slice) };
        response.Content.Headers.ContentType = new("text/html");
        response.Content.Headers.ContentDisposition = new("attachment") { FileName = "file" };
        response.Content.Headers.ContentRange = new(from, from + Math.Max(0, slice.Length - 1), total);
        return response;
    }

    public static HttpResponseMessage Whole(byte[] content)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };
        response.Content.Headers.ContentType = new("application/octet-stream");
        return response;
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OneFichier.Wire;

/// <summary>Reads an answer of the API: JSON or something else, OK or KO, under whichever HTTP status.</summary>
internal sealed class AnswerReader(TimeProvider time)
{
    public async Task<T> ReadAsync<T>(HttpResponseMessage response, string endpoint, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : Answer
    {
        var body = await BodyAsync(response, cancellationToken).ConfigureAwait(false);
        var answer = Parse(body, type);
        var refused = string.Equals(answer?.Status, "KO", StringComparison.OrdinalIgnoreCase);
        if (answer is null)
        {
            throw NotJson(response, body, endpoint);
        }

        return response.IsSuccessStatusCode && !refused
            ? answer
            : throw Refusals.ToException(response.StatusCode, answer.Message, endpoint, time.GetUtcNow());
    }

    public async Task<T> ReadListAsync<T>(HttpResponseMessage response, string endpoint, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var body = await BodyAsync(response, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw Refusals.ToException(response.StatusCode, Parse(body, WireJson.Default.PlainAnswer)?.Message, endpoint, time.GetUtcNow());
        }

        return Parse(body, type) ?? throw NotJson(response, body, endpoint);
    }

    public static Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.ReadAsByteArrayAsync(cancellationToken);

    public static T? Parse<T>(byte[] body, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.AsSpan().TrimStart("\uFEFF"u8), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private FichierException NotJson(HttpResponseMessage response, byte[] body, string endpoint)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 4096)));
        var known = ServiceMessages.Match(text.Length > 2000 ? text[..2000] : text);
        if (known is not null || !(response.IsSuccessStatusCode || MeansAnotherServer(response.StatusCode)))
        {
            return Refusals.ToException(response.StatusCode, known is null ? null : Excerpt(text, known), endpoint, time.GetUtcNow());
        }

        var what = text.AsSpan().TrimStart().StartsWith("<") ? "a web page" : body.Length == 0 ? "nothing" : "something that is not JSON, or half of it";
        return new FichierProtocolException($"The service should answer {endpoint} with JSON, but {what} came (HTTP {(int)response.StatusCode}).")
        {
            Remedy = "A proxy or captive portal may be answering in its place; open https://1fichier.com in a browser on this machine.",
        };
    }

    /// <summary>The API says "not found" in JSON; a page that says so speaks for a proxy or a wrong address, and must not be taken for a missing file.</summary>
    private static bool MeansAnotherServer(HttpStatusCode status) =>
        status is HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.NotFound or HttpStatusCode.Gone or (>= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest);

    private static string Excerpt(string text, ServiceMessage known)
    {
        var word = known.Pattern.Split('*', StringSplitOptions.RemoveEmptyEntries)[0];
        var at = Math.Max(0, text.IndexOf(word, StringComparison.OrdinalIgnoreCase));
        var end = text.AsSpan(at).IndexOfAny('<', '\n', '\r');
        return text.Substring(at, Math.Min(end < 0 ? 120 : end, Math.Min(120, text.Length - at))).Trim();
    }
}

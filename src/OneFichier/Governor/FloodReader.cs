using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OneFichier.Governor;

/// <summary>Tells from an answer whether the service complains about too many requests, in any of the ways it is known to (1fichier-api §2, §5).</summary>
internal static class FloodReader
{
    private const int LongestPlainText = 512;
    private static readonly TimeSpan s_unnamedPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromDays(1);

    /// <param name="response">The answer.</param>
    /// <param name="body">The beginning of its body, the whole when it is short.</param>
    /// <param name="endpoint">What was asked.</param>
    /// <param name="now">The calendar, for a date in Retry-After.</param>
    public static FloodNotice? Read(HttpResponseMessage response, ReadOnlySpan<byte> body, string endpoint, DateTimeOffset now)
    {
        var text = Message(body, response.IsSuccessStatusCode);
        var known = ServiceMessages.Match(text);
        var mayResend = known is not { Reaction: ServiceReaction.Locked };
        var complains = known is { Reaction: ServiceReaction.Flood } || (!mayResend && known!.Pause > TimeSpan.Zero)
            || response.StatusCode == HttpStatusCode.TooManyRequests;
        if (!complains)
            return null;
        var pause = known is { Pause.Ticks: > 0 } ? known.Pause : s_unnamedPause;
        return new(Shorten(text) ?? $"HTTP {(int)response.StatusCode}", RetryAfter(response.Headers.RetryAfter, now) ?? pause)
        {
            Endpoints = IsAboutAccountPageOnly(text, endpoint) ? [endpoint] : [],
            MayResend = mayResend,
        };
    }

    // "User Locked" is the answer to asking for the account page too often; downloads go on meanwhile (1fichier-api §2).
    private static bool IsAboutAccountPageOnly(string? text, string endpoint) =>
        endpoint == "user/info" && text?.Contains("User Locked", StringComparison.OrdinalIgnoreCase) == true;

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? (header?.Date - now);
        return wait is not { } given ? null : given <= TimeSpan.Zero ? TimeSpan.FromSeconds(1) : given < s_longestPause ? given : s_longestPause;
    }

    private static string? Shorten(string? text) => text is null || text.Length <= LongestPlainText ? text : null;

    private static string? Message(ReadOnlySpan<byte> body, bool success)
    {
        var start = body.TrimStart(" \t\r\n\uFEFF"u8);
        if (start.Length > 0 && start[0] == '{')
            return MessageOfRefusal(start, success);
        return success && start.Length > LongestPlainText ? null : Encoding.UTF8.GetString(start).Trim();
    }

    private static string? MessageOfRefusal(ReadOnlySpan<byte> json, bool success)
    {
        string? status = null, message = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                var value = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
                status = "status".Equals(name, StringComparison.OrdinalIgnoreCase) ? value : status;
                message = "message".Equals(name, StringComparison.OrdinalIgnoreCase) ? value : message;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return success && !"KO".Equals(status, StringComparison.OrdinalIgnoreCase) ? null : message?.Trim();
    }
}

using System.Globalization;

namespace OneFichier.Gateways.WebDav;

/// <summary>The headers of RFC 4918 §10 that hold one word.</summary>
internal static class SimpleHeaders
{
    /// <summary>The depth; without the header that of the method.</summary>
    public static Depth Depth(this DavRequest request, Depth unstated) => request.Header("Depth")?.ToLowerInvariant() switch
    {
        null => unstated,
        "0" => WebDav.Depth.Zero,
        "1" => WebDav.Depth.One,
        "infinity" => WebDav.Depth.Infinity,
        _ => throw DavException.BadRequest(),
    };

    /// <summary>Whether what is at the destination may go.</summary>
    public static bool Overwrite(this DavRequest request) => request.Header("Overwrite") switch
    {
        null or "T" or "t" => true,
        "F" or "f" => false,
        _ => throw DavException.BadRequest(),
    };

    /// <summary>How long a lock shall last: the first time of the list that is understood, never more than <paramref name="most"/>.</summary>
    public static TimeSpan Timeout(this DavRequest request, TimeSpan most)
    {
        foreach (var wish in (request.Header("Timeout") ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (wish.Equals("Infinite", StringComparison.OrdinalIgnoreCase))
                return most;
            if (wish.StartsWith("Second-", StringComparison.OrdinalIgnoreCase)
                && ulong.TryParse(wish.AsSpan("Second-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
                return seconds < most.TotalSeconds ? TimeSpan.FromSeconds(seconds) : most;
        }

        return most;
    }

    /// <summary>The token of <c>Lock-Token</c>.</summary>
    public static string LockToken(this DavRequest request) => request.Header("Lock-Token") is ['<', .. { Length: > 0 } token, '>'] ? token : throw DavException.BadRequest();

    /// <summary>When the content was changed, as ownCloud's clients and rclone state it: seconds since 1970.</summary>
    public static DateTimeOffset? OwnCloudTime(this DavRequest request) =>
        double.TryParse(request.Header("X-OC-Mtime"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 250_000_000_000
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;

    /// <summary>Whether only what there is to say shall be said: RFC 8144, or Microsoft's older word for it.</summary>
    public static bool WantsLittle(this DavRequest request) =>
        string.Equals(request.Header("Brief"), "t", StringComparison.OrdinalIgnoreCase)
        || request.Context.Request.Headers["Prefer"].ToString().Contains("return=minimal", StringComparison.OrdinalIgnoreCase);
}

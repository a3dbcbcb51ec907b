using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace OneFichier.Gateways;

/// <summary>The dates of HTTP (RFC 9110 §5.6.7): written in one form, read in all three.</summary>
internal static class HttpDates
{
    private static readonly string[] Forms = ["ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dd-MMM-yyyy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"];
    private static readonly string[] LongDays = [.. CultureInfo.InvariantCulture.DateTimeFormat.DayNames];

    public static string Write(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Parse(string?, DateTimeOffset)"/>, of a header that may stand once.</summary>
    public static DateTimeOffset? Parse(StringValues header, DateTimeOffset now) => header.Count == 1 ? Parse(header.ToString(), now) : null;

    /// <returns><see langword="null"/> for what is no date.</returns>
    public static DateTimeOffset? Parse(string? text, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(
            Widened(text, now), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>RFC 850 has the day's whole name, which says nothing new, and two digits of the year: one more than fifty years ahead is of the century before.</summary>
    private static string? Widened(string? text, DateTimeOffset now)
    {
        if (text?.Split(", ", 2) is not [var day, var rest] || !LongDays.Contains(day) || rest.Length < 9 || !int.TryParse(rest.AsSpan(7, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
            return text;
        var year = now.Year - (now.Year % 100) + digits;
        return $"{rest[..7]}{(year > now.Year + 50 ? year - 100 : year):D4}{rest[9..]}";
    }
}

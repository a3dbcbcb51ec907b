using System.Globalization;

namespace OneFichier.Drive.Sync;

/// <summary>
/// Durations and dates as rclone writes them: <c>300</c> seconds, <c>1h30m</c>, <c>250ms</c>, <c>1.5d</c>, <c>2w</c>, <c>1M</c> (30 days), <c>1y</c> (365 days), or
/// <c>2026-01-02</c>, <c>2026-01-02T03:04:05</c>, with or without an offset.
/// </summary>
public static class AgeText
{
    private static readonly Dictionary<string, double> Parts = new(StringComparer.Ordinal)
    {
        ["ns"] = 1e-9,
        ["us"] = 1e-6,
        ["\u00b5s"] = 1e-6,
        ["\u03bcs"] = 1e-6,
        ["ms"] = 1e-3,
        ["s"] = 1,
        ["m"] = 60,
        ["h"] = 3600,
    };

    private static readonly Dictionary<char, double> Days = new() { ['d'] = 1, ['w'] = 7, ['M'] = 30, ['y'] = 365 };

    private static readonly string[] Dates = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"];

    private static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a duration; <see langword="null"/> for <c>off</c>.</summary>
    /// <exception cref="FormatException">The text is no duration.</exception>
    public static TimeSpan? ParseDuration(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text == "off" ? null : TryDuration(text) ?? throw new FormatException($"'{text}' is no duration. One looks like 90s, 1h30m, 2d, 3w, 1M or 1y.");
    }

    /// <summary>Reads a moment, given as a date or as how long it is ago; a date without an offset is meant in the clock's zone. <see langword="null"/> for <c>off</c>.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static DateTimeOffset? ParseMoment(string text, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(time);
        if (text == "off")
            return null;
        if (TryDuration(text) is { } ago)
            return Before(time.GetUtcNow(), ago);
        return TryDate(text, time.LocalTimeZone) ?? throw new FormatException($"'{text}' is neither an age like 1h30m, 2d, 3w, 1M or 1y nor a date like 2026-01-02 or 2026-01-02T03:04:05.");
    }

    private static DateTimeOffset Before(DateTimeOffset now, TimeSpan ago) =>
        ago > now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : ago < now - DateTimeOffset.MaxValue ? DateTimeOffset.MaxValue : now - ago;

    private static TimeSpan? TryDuration(string text)
    {
        if (TrySum(text) is { } sum)
            return Span(sum);
        var days = text.Length > 0 && Days.TryGetValue(text[^1], out var unit) ? unit : 0;
        return TryNumber(days > 0 ? text[..^1] : text) is { } number ? Span(days > 0 ? number * days * 86400 : number) : null;
    }

    /// <summary>Numbers with units one after another, as <c>1h30m</c>, with a sign before all of them.</summary>
    private static double? TrySum(string text)
    {
        var signed = text.Length > 0 && text[0] is '-' or '+';
        var at = signed ? 1 : 0;
        if (at == text.Length || text == "0")
            return null;
        var seconds = 0.0;
        while (at < text.Length)
        {
            var unit = at;
            while (unit < text.Length && (char.IsAsciiDigit(text[unit]) || text[unit] == '.'))
                unit++;
            var end = unit;
            while (end < text.Length && !char.IsAsciiDigit(text[end]) && text[end] != '.')
                end++;
            if (TryNumber(text[at..unit]) is not { } number || !Parts.TryGetValue(text[unit..end], out var length))
                return null;
            seconds += number * length;
            at = end;
        }

        return text[0] == '-' ? -seconds : seconds;
    }

    private static double? TryNumber(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static TimeSpan Span(double seconds) =>
        Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : seconds > 0 ? TimeSpan.MaxValue : TimeSpan.MinValue;

    private static DateTimeOffset? TryDate(string text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local)) is var date ? date : null;
        return DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;
    }
}

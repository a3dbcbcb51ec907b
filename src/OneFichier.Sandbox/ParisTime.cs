using System.Globalization;

namespace OneFichier.Sandbox;

/// <summary>The service's dates: no zone written, Paris time meant.</summary>
internal static class ParisTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    private static readonly TimeZoneInfo Paris = Zone();
    private static readonly TimeZoneInfo PlusOne = TimeZoneInfo.CreateCustomTimeZone("UTC+1", TimeSpan.FromHours(1), null, null);

    public static string Write(DateTimeOffset moment, DateZone zone) =>
        TimeZoneInfo.ConvertTime(moment, Info(zone)).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads such a date; of the two meanings in October's double hour, the later.</summary>
    public static DateTimeOffset? Read(string text, DateZone zone)
    {
        if (!DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        return new DateTimeOffset(local, Info(zone).GetUtcOffset(local));
    }

    private static TimeZoneInfo Info(DateZone zone) => zone switch
    {
        DateZone.Paris => Paris,
        DateZone.FixedUtcPlus1 => PlusOne,
        _ => TimeZoneInfo.Utc,
    };

    // Written out rather than looked up, for machines without a zone database. In force since 1996.
    private static TimeZoneInfo Zone()
    {
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date,
            DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday));
        return TimeZoneInfo.CreateCustomTimeZone("Paris", TimeSpan.FromHours(1), "Paris", "CET", "CEST", [rule]);
    }
}

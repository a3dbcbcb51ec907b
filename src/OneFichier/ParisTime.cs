using System.Globalization;

namespace OneFichier;

/// <summary>The clock of the service: its dates carry no zone and are Paris time with daylight saving (1fichier-api §6.2).</summary>
/// <remarks>The zone is stated here by its rule, so that machines without a time-zone database read dates alike.</remarks>
public static class ParisTime
{
    /// <summary>How the service writes a date.</summary>
    public const string Format = "yyyy-MM-dd HH:mm:ss";

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone(
        "Europe/Paris", TimeSpan.FromHours(1), "Paris", "CET", "CEST",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday)),
        ]);

    /// <summary>Reads a date of the service. The hour that October repeats is read as its second time, the hour that March skips as the next.</summary>
    /// <returns>The instant, with the offset Paris had; <see langword="null"/> for an empty text or one that is no date.</returns>
    public static DateTimeOffset? Parse(string? text)
    {
        if (!DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var valid = Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(valid, Zone.GetUtcOffset(valid));
    }

    /// <summary>Writes an instant as the service does.</summary>
    public static string Write(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).ToString(Format, CultureInfo.InvariantCulture);
}

namespace OneFichier.Server.Jobs;

/// <summary>When something is due, in the five fields of cron: minute, hour, day of the month, month, day of the week. As in cron, a day is due by either of its two fields when both are restricted.</summary>
public sealed class CronLine
{
    private const int YearsToLookAhead = 9;

    private static readonly Dictionary<string, string> s_nicknames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    private readonly CronField _minute;
    private readonly CronField _hour;
    private readonly CronField _day;
    private readonly CronField _month;
    private readonly CronField _weekday;

    private CronLine(string text, string[] fields)
    {
        Text = text;
        (_minute, _hour, _day) = (CronField.Parse(fields[0], CronRange.Minute), CronField.Parse(fields[1], CronRange.Hour), CronField.Parse(fields[2], CronRange.Day));
        (_month, _weekday) = (CronField.Parse(fields[3], CronRange.Month), CronField.Parse(fields[4], CronRange.Weekday));
    }

    /// <summary>The line as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it is due in every hour, and so goes by time that passes rather than by the clock on the wall.</summary>
    public bool IsEveryHour => _hour.Allowed == (1UL << 24) - 1;

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It cannot be read, or nothing is ever due by it.</exception>
    public static CronLine Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = text.Trim();
        if (line.StartsWith('@'))
            line = s_nicknames.GetValueOrDefault(line) ?? throw new FormatException($"'{line}' is none of {string.Join(", ", s_nicknames.Keys)}.");

        var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is 6 or 7)
            throw new FormatException($"'{text}' has {fields.Length} fields. This is the cron of Unix, with five and without seconds: minute, hour, day of the month, month, day of the week.");
        if (fields.Length != 5)
            throw new FormatException($"'{text}' is no cron line. Five fields: minute, hour, day of the month, month, day of the week; \"0 2 * * *\" is every night at two.");

        var parsed = new CronLine(text.Trim(), fields);
        return parsed.TimesFrom(new DateTime(2024, 1, 1)).Any() ? parsed : throw new FormatException($"'{text}' never comes: no such day is in the calendar.");
    }

    /// <summary>The times on the wall, in order, from a moment on; none after nine years, within which every day of the calendar comes.</summary>
    internal IEnumerable<DateTime> TimesFrom(DateTime from)
    {
        var last = from.Date.AddYears(YearsToLookAhead);
        for (var day = from.Date; day < last; day = day.AddDays(1))
        {
            if (!HasDay(day))
                continue;

            foreach (var time in TimesOf(day).SkipWhile(t => t < from))
                yield return time;
        }
    }

    private IEnumerable<DateTime> TimesOf(DateTime day) =>
        from hour in Enumerable.Range(0, 24)
        where _hour.Has(hour)
        from minute in Enumerable.Range(0, 60)
        where _minute.Has(minute)
        select day.AddHours(hour).AddMinutes(minute);

    private bool HasDay(DateTime day)
    {
        if (!_month.Has(day.Month))
            return false;

        var (ofMonth, ofWeek) = (_day.Has(day.Day), _weekday.Has((int)day.DayOfWeek));
        return _day.BeginsWithStar || _weekday.BeginsWithStar ? ofMonth && ofWeek : ofMonth || ofWeek;
    }
}

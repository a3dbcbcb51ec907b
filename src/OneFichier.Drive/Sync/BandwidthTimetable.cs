namespace OneFichier.Drive.Sync;

/// <summary>Which bandwidth limit holds when, as rclone's <c>--bwlimit</c> has it: one for always, or one from each of some times of the week on.</summary>
public sealed class BandwidthTimetable
{
    private const int MinutesOfDay = 24 * 60;

    private static readonly string[] s_days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private readonly List<(int Minute, BandwidthLimit Limit)> _slots;

    private BandwidthTimetable(IEnumerable<(int Minute, BandwidthLimit Limit)> slots) =>
        _slots = [.. slots.GroupBy(s => s.Minute).Select(same => same.Last()).OrderBy(s => s.Minute)];

    /// <summary>No limit at any time.</summary>
    public static BandwidthTimetable Off { get; } = Always(default);

    /// <summary>One limit at all times.</summary>
    public static BandwidthTimetable Always(BandwidthLimit limit) => new([(0, limit)]);

    /// <summary>
    /// Reads a limit (see <see cref="BandwidthLimit.Parse"/>), or a timetable: <c>08:00,512k 12:00,10M:1M 23:00,off</c>, where a day may stand before the time, <c>Mon-00:00,512 Fri-23:59,10M</c>;
    /// without one the time counts every day. Each limit holds until the next, the last of the week until the first of the week.
    /// </summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static BandwidthTimetable Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var entries = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return entries switch
        {
            [] => throw new FormatException("A bandwidth limit is missing; write it as 10M, 1M:512k, off, or as a timetable like '08:00,512k 23:00,off'."),
            [var one] when !one.Contains(',', StringComparison.Ordinal) => Always(BandwidthLimit.Parse(one)),
            _ => new(entries.SelectMany(Slots)),
        };
    }

    /// <summary>The limit that holds at a local time.</summary>
    public BandwidthLimit At(DateTimeOffset local)
    {
        var now = ((int)local.DayOfWeek * MinutesOfDay) + (local.Hour * 60) + local.Minute;
        var latest = _slots.FindLastIndex(s => s.Minute <= now);
        return _slots[latest < 0 ? ^1 : latest].Limit;
    }

    private static IEnumerable<(int Minute, BandwidthLimit Limit)> Slots(string entry)
    {
        if (entry.Split(',') is not [var when, var rate])
            throw new FormatException($"'{entry}' is no entry of a bandwidth timetable; write a time, a comma and a rate, as 08:00,512k or Mon-08:00,512k.");

        var limit = BandwidthLimit.Parse(rate);
        return when.Split('-') switch
        {
            [var time] => Minute(time, entry) is var minute ? Enumerable.Range(0, 7).Select(day => ((day * MinutesOfDay) + minute, limit)) : [],
            [var day, var time] => [((Day(day, entry) * MinutesOfDay) + Minute(time, entry), limit)],
            _ => throw new FormatException($"'{when}' in '{entry}' is no time of the week; write it as 08:00 or Mon-08:00."),
        };
    }

    private static int Day(string text, string entry)
    {
        var day = Array.FindIndex(s_days, name => text.Equals(name, StringComparison.OrdinalIgnoreCase) || text.Equals(name[..3], StringComparison.OrdinalIgnoreCase));
        return day >= 0 ? day : throw new FormatException($"'{text}' in '{entry}' is no day of the week; write Mon, Tue, Wed, Thu, Fri, Sat, Sun or the whole name.");
    }

    private static int Minute(string text, string entry) =>
        text is [>= '0' and <= '2', >= '0' and <= '9', ':', >= '0' and <= '5', >= '0' and <= '9'] && int.Parse(text[..2]) is < 24 and var hour
            ? (hour * 60) + int.Parse(text[3..])
            : throw new FormatException($"'{text}' in '{entry}' is no time of day; write it with five characters from 00:00 to 23:59.");
}

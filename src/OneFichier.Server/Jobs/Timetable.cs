namespace OneFichier.Server.Jobs;

/// <summary>
/// When a job is due: by a cron line in a time zone, or every so often. On the days the clocks change: a time on the wall that does not exist is due at the first moment that does; one
/// that comes twice is due the first time only; but a line that names every hour goes by time that passes, so it is due in both.
/// </summary>
public sealed class Timetable
{
    private static readonly TimeSpan s_longestChange = TimeSpan.FromHours(3);

    private readonly CronLine? _cron;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _every;
    private readonly DateTimeOffset _anchor;

    /// <summary>Due by a cron line.</summary>
    public Timetable(CronLine cron, TimeZoneInfo zone) => (_cron, _zone) = (cron, zone);

    /// <summary>Due again and again, counted from a moment.</summary>
    public Timetable(TimeSpan every, DateTimeOffset anchor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, TimeSpan.FromMinutes(1));
        (_every, _anchor, _zone) = (every, anchor, TimeZoneInfo.Utc);
    }

    /// <summary>The first moment after another at which the job is due; nothing when there is none within nine years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (_cron is null)
            return after < _anchor ? _anchor : _anchor + (_every * (Math.Floor((after - _anchor) / _every) + 1));

        var from = TimeZoneInfo.ConvertTime(after, _zone).DateTime - s_longestChange;
        return _cron.IsEveryHour ? FirstOfAll(from, after) : FirstByTheWall(from, after);
    }

    private DateTimeOffset? FirstByTheWall(DateTime from, DateTimeOffset after)
    {
        foreach (var time in _cron!.TimesFrom(from))
        {
            var moment = _zone.IsInvalidTime(time) ? EndOfGap(time) : Moments(time)[0];
            if (moment > after)
                return moment;
        }

        return null;
    }

    private DateTimeOffset? FirstOfAll(DateTime from, DateTimeOffset after)
    {
        var (first, seen) = ((DateTimeOffset?)null, default(DateTime));
        foreach (var time in _cron!.TimesFrom(from))
        {
            if (first is not null && time > seen + s_longestChange)
                break;

            foreach (var moment in Moments(time).Where(m => m > after && (first is null || m < first)))
                (first, seen) = (moment, first is null ? time : seen);
        }

        return first;
    }

    private DateTimeOffset EndOfGap(DateTime time)
    {
        while (_zone.IsInvalidTime(time))
            time = time.AddMinutes(1);

        return Moments(time)[0];
    }

    /// <summary>The moments at which the wall shows a time, in order: one, two when clocks are set back, none when they are set forth.</summary>
    private DateTimeOffset[] Moments(DateTime time) =>
        _zone.IsInvalidTime(time) ? []
        : _zone.IsAmbiguousTime(time) ? [.. _zone.GetAmbiguousTimeOffsets(time).OrderDescending().Select(o => new DateTimeOffset(time, o))]
        : [new DateTimeOffset(time, _zone.GetUtcOffset(time))];
}

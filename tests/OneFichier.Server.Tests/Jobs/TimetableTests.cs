using System.Globalization;
using OneFichier.Server.Jobs;

namespace OneFichier.Server.Tests.Jobs;

public sealed class TimetableTests
{
    [Theory]
    [InlineData("0 2 * * *", "2026-06-01T12:00Z", "2026-06-02T02:00Z")]
    [InlineData("0 2 * * *", "2026-06-01T02:00Z", "2026-06-02T02:00Z")]
    [InlineData("*/15 * * * *", "2026-06-01T12:14:59Z", "2026-06-01T12:15Z")]
    [InlineData("5-59/20 8-10,22 * * *", "2026-06-01T10:45Z", "2026-06-01T22:05Z")]
    [InlineData("0 0 1 jan *", "2026-06-01T12:00Z", "2027-01-01T00:00Z")]
    [InlineData("0 0 * * mon-fri", "2026-06-05T12:00Z", "2026-06-08T00:00Z")]
    [InlineData("0 0 * * 7", "2026-06-01T12:00Z", "2026-06-07T00:00Z")]
    [InlineData("0 0 * * sat-sun", "2026-06-06T12:00Z", "2026-06-07T00:00Z")]
    [InlineData("0 0 13 * fri", "2026-06-01T12:00Z", "2026-06-05T00:00Z")]
    [InlineData("0 0 13 * fri", "2026-06-12T12:00Z", "2026-06-13T00:00Z")]
    [InlineData("0 0 */2 * fri", "2026-06-01T12:00Z", "2026-06-05T00:00Z")]
    [InlineData("0 0 29 2 *", "2026-06-01T12:00Z", "2028-02-29T00:00Z")]
    [InlineData("0 * 29 2 *", "2026-06-01T12:00Z", "2028-02-29T00:00Z")]
    [InlineData("59 23 31 12 ?", "2026-12-31T23:59Z", "2027-12-31T23:59Z")]
    [InlineData("@daily", "2026-06-01T12:00Z", "2026-06-02T00:00Z")]
    [InlineData("@HOURLY", "2026-06-01T12:00Z", "2026-06-01T13:00Z")]
    [InlineData("@weekly", "2026-06-01T12:00Z", "2026-06-07T00:00Z")]
    public void A_line_is_due_as_in_cron(string line, string after, string due) => Assert.Equal(At(due), Of(line, "UTC").Next(At(after)));

    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z")]
    [InlineData("0,30 2 * * *", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-30T00:00Z")]
    [InlineData("30 2 * * *", "2026-10-24T12:00Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z")]
    [InlineData("0 3 * * *", "2026-10-24T12:00Z", "2026-10-25T02:00Z", "2026-10-26T02:00Z")]
    [InlineData("30 * * * *", "2026-03-29T00:45Z", "2026-03-29T01:30Z", "2026-03-29T02:30Z")]
    [InlineData("30 * * * *", "2026-10-25T00:00Z", "2026-10-25T00:30Z", "2026-10-25T01:30Z")]
    [InlineData("30 * * * *", "2026-10-25T01:00Z", "2026-10-25T01:30Z", "2026-10-25T02:30Z")]
    [InlineData("*/20 * * * *", "2026-10-25T00:45Z", "2026-10-25T01:00Z", "2026-10-25T01:20Z")]
    public void Days_on_which_the_clocks_change_in_Paris_have_their_run_once(string line, string after, string due, string next)
    {
        var timetable = Of(line, "Europe/Paris");
        Assert.Equal(At(due), timetable.Next(At(after)));
        Assert.Equal(At(next), timetable.Next(At(due)));
    }

    [Theory]
    [InlineData("0 0 30 2 *", "never comes")]
    [InlineData("0 0 31 4,6 *", "never comes")]
    [InlineData("0 2 * *", "Five fields")]
    [InlineData("0 0 2 * * ?", "without seconds")]
    [InlineData("60 2 * * *", "no minute")]
    [InlineData("0 24 * * *", "no hour")]
    [InlineData("0 0 0 * *", "no day of the month")]
    [InlineData("0 0 * 13 *", "no month")]
    [InlineData("0 0 * * 8", "no day of the week")]
    [InlineData("0 0 * * fri#2", "no day of the week")]
    [InlineData("0 0 L * *", "no day of the month")]
    [InlineData("*/0 * * * *", "no minute")]
    [InlineData("5-1 * * * *", "no minute")]
    [InlineData(", * * * *", "no minute")]
    [InlineData("@reboot", "none of")]
    [InlineData("", "Five fields")]
    public void A_line_that_cannot_be_is_refused_with_what_is_wrong(string line, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => CronLine.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_interval_counts_from_when_the_job_was_made()
    {
        var timetable = new Timetable(TimeSpan.FromHours(6), At("2026-06-01T10:30Z"));
        Assert.Equal(At("2026-06-01T16:30Z"), timetable.Next(At("2026-06-01T10:30Z")));
        Assert.Equal(At("2026-06-05T22:30Z"), timetable.Next(At("2026-06-05T17:00Z")));
    }

    private static Timetable Of(string line, string zone) => new(CronLine.Parse(line), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

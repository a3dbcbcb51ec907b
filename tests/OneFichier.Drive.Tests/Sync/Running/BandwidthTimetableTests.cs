using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Running;

public sealed class BandwidthTimetableTests
{
    private const long K = 1024;
    private const long M = 1024 * K;

    [Theory]
    [InlineData("10M", 10 * M, 10 * M)]
    [InlineData("10MiB", 10 * M, 10 * M)]
    [InlineData("10mi", 10 * M, 10 * M)]
    [InlineData("512", 512 * K, 512 * K)]
    [InlineData("100B", 100L, 100L)]
    [InlineData("1.5k", 1536L, 1536L)]
    [InlineData("1M:512k", M, 512 * K)]
    [InlineData("2G:100B", 2048 * M, 100L)]
    [InlineData("1T", M * M, M * M)]
    public void A_rate_is_read_as_rclone_reads_it(string text, long up, long down) => Assert.Equal(new BandwidthLimit(up, down), BandwidthLimit.Parse(text));

    [Theory]
    [InlineData("off")]
    [InlineData("OFF")]
    [InlineData("0")]
    [InlineData("off:off")]
    public void Off_and_zero_are_no_limit(string text) => Assert.Equal(default, BandwidthLimit.Parse(text));

    [Fact]
    public void One_way_alone_can_be_limited()
    {
        Assert.Equal(new BandwidthLimit(null, M), BandwidthLimit.Parse("off:1M"));
        Assert.Equal(new BandwidthLimit(M, null), BandwidthLimit.Parse("1M:off"));
    }

    [Theory]
    [InlineData("10M")]
    [InlineData("1M:512k")]
    [InlineData("off:7B")]
    [InlineData("off")]
    public void A_limit_can_be_written_and_read_again(string text) =>
        Assert.Equal(BandwidthLimit.Parse(text), BandwidthLimit.Parse(BandwidthLimit.Parse(text).ToString()));

    [Theory]
    [InlineData("", "missing")]
    [InlineData("fast", "'fast' is no rate")]
    [InlineData("-1M", "'-1M' is no rate")]
    [InlineData("1MB", "'1MB' is no rate")]
    [InlineData("1X", "'1X' is no rate")]
    [InlineData("1bib", "'1bib' is no rate")]
    [InlineData("99999999999E", "is no rate")]
    [InlineData("1M:2M:3M", "more than one colon")]
    [InlineData("08:00,512k 1M", "'1M' is no entry")]
    [InlineData("08:00,512k,3", "is no entry")]
    [InlineData("8:00,512k", "'8:00' in '8:00,512k' is no time of day")]
    [InlineData("24:00,512k", "is no time of day")]
    [InlineData("23:60,512k", "is no time of day")]
    [InlineData("Moon-08:00,512k", "'Moon' in 'Moon-08:00,512k' is no day")]
    [InlineData("Mon-Tue-08:00,512k", "is no time of the week")]
    [InlineData("08:00,", "'' is no rate")]
    public void What_cannot_be_read_is_refused_with_the_part_that_is_wrong(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => BandwidthTimetable.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("07:59", null)]
    [InlineData("08:00", 512 * K)]
    [InlineData("11:59", 512 * K)]
    [InlineData("12:00", 10 * M)]
    [InlineData("13:30", 512 * K)]
    [InlineData("18:00", 30 * M)]
    [InlineData("23:00", null)]
    public void A_day_has_its_hours(string time, long? expected)
    {
        var table = BandwidthTimetable.Parse("08:00,512k 12:00,10M 13:00,512k 18:00,30M 23:00,off");
        Assert.All(Enumerable.Range(1, 7), day => Assert.Equal(expected, table.At(At(day, time)).Up));
    }

    [Theory]
    [InlineData(1, "00:00", 512 * K)]
    [InlineData(5, "23:58", 512 * K)]
    [InlineData(5, "23:59", 10 * M)]
    [InlineData(6, "10:00", M)]
    [InlineData(7, "19:59", M)]
    [InlineData(7, "20:00", null)]
    public void A_week_has_its_days(int day, string time, long? expected) =>
        Assert.Equal(expected, BandwidthTimetable.Parse("Mon-00:00,512 Fri-23:59,10M Saturday-10:00,1M sun-20:00,off").At(At(day, time)).Up);

    [Fact]
    public void The_last_entry_of_the_week_holds_until_the_first() =>
        Assert.Equal(M, BandwidthTimetable.Parse("Mon-12:00,512 Fri-12:00,1M").At(At(1, "11:59")).Down);

    [Fact]
    public void A_time_without_a_day_counts_every_day_and_a_later_entry_wins()
    {
        var table = BandwidthTimetable.Parse("12:00,1M Tue-12:00,2M Sun-20:00,off");
        Assert.Equal(M, table.At(At(1, "12:00")).Up);
        Assert.Equal(2 * M, table.At(At(2, "15:00")).Up);
        Assert.Equal(M, table.At(At(3, "12:00")).Up);
        Assert.Null(table.At(At(1, "03:00")).Up);
    }

    /// <summary>Day 1 is a Monday.</summary>
    private static DateTimeOffset At(int day, string time) => new DateTimeOffset(2026, 6, day, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(time);
}

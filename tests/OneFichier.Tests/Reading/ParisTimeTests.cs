namespace OneFichier.Tests.Reading;

public sealed class ParisTimeTests
{
    [Theory]
    [InlineData("2021-06-22 14:57:25", "2021-06-22T12:57:25Z")]
    [InlineData("2021-12-22 14:57:25", "2021-12-22T13:57:25Z")]
    [InlineData("2026-03-29 01:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("2026-03-29 02:30:00", "2026-03-29T01:30:00Z")]
    [InlineData("2026-03-29 03:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25 01:59:59", "2026-10-24T23:59:59Z")]
    [InlineData("2026-10-25 02:30:00", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25 03:00:00", "2026-10-25T02:00:00Z")]
    [InlineData("2032-02-29 00:00:00", "2032-02-28T23:00:00Z")]
    public void Dates_without_a_zone_are_of_Paris_with_daylight_saving(string text, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant), ParisTime.Parse(text)!.Value.ToUniversalTime());

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("2021-06-22")]
    [InlineData("2021-06-31 00:00:00")]
    public void What_is_no_date_is_none(string? text) => Assert.Null(ParisTime.Parse(text));

    [Fact]
    public void Every_hour_of_ten_years_survives_the_way_there_and_back_but_the_one_that_October_repeats()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var start = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var hour = 0; hour < 10 * 366 * 24; hour++)
        {
            var instant = start.AddHours(hour);
            var text = ParisTime.Write(instant);
            var local = TimeZoneInfo.ConvertTime(instant, zone);
            Assert.Equal(local.ToString("yyyy-MM-dd HH:mm:ss"), text);
            var first = zone.IsAmbiguousTime(local.DateTime) && local.Offset == TimeSpan.FromHours(2);
            Assert.Equal(first ? instant.AddHours(1) : instant, ParisTime.Parse(text));
        }
    }
}

using OneFichier.Drive.Sync;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Sync.Planning;

public sealed class AgeTextTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("-1m", -60)]
    [InlineData("1500ms", 1.5)]
    [InlineData("1m", 60)]
    [InlineData("1M", 30 * 86400.0)]
    [InlineData("2d", 2 * 86400.0)]
    [InlineData("1.5w", 10.5 * 86400)]
    [InlineData("1y", 365 * 86400.0)]
    [InlineData("0", 0)]
    public void A_duration_has_units_of_two_kinds(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), AgeText.ParseDuration(text));

    [Theory]
    [InlineData("2026-01-02", "2026-01-02T00:00:00Z")]
    [InlineData("2026-01-02T03:04:05", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02 03:04:05", "2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z")]
    [InlineData("2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.5Z")]
    [InlineData("1d", "2026-05-31T12:00:00Z")]
    [InlineData("30m", "2026-06-01T11:30:00Z")]
    public void A_moment_is_a_date_or_so_long_ago(string text, string moment) => Assert.Equal(DateTimeOffset.Parse(moment), AgeText.ParseMoment(text, _time));

    [Fact]
    public void Ages_beyond_the_calendar_are_its_ends()
    {
        Assert.Equal(DateTimeOffset.MinValue, AgeText.ParseMoment("9999999y", _time));
        Assert.Equal(DateTimeOffset.MinValue, AgeText.ParseMoment("5000y", _time));
        Assert.Null(AgeText.ParseMoment("off", _time));
        Assert.Null(AgeText.ParseDuration("off"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("1x")]
    [InlineData("1h30")]
    [InlineData("2d1h")]
    [InlineData("2026-13-01")]
    [InlineData("1e999")]
    public void Anything_else_is_refused_and_named(string text) => Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => AgeText.ParseMoment(text, _time)).Message, StringComparison.Ordinal);
}

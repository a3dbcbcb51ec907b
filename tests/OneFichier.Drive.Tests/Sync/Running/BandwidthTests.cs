using OneFichier.Drive.Sync;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Sync.Running;

public sealed class BandwidthTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 6, 1, 7, 59, 50, TimeSpan.Zero));

    [Fact]
    public async Task A_stream_takes_the_time_its_bytes_are_worth()
    {
        var read = await ReadAsync(new Bandwidth(BandwidthTimetable.Parse("100k"), _time), 1_024_000);
        Assert.InRange(read.TotalSeconds, 9.7, 10);
    }

    [Fact]
    public async Task Streams_share_one_rate()
    {
        var bandwidth = new Bandwidth(BandwidthTimetable.Parse("100k"), _time);
        var before = _time.Elapsed;
        await _time.RunAsync(Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DrainAsync(bandwidth, 102_400, BandwidthDirection.Up))));
        Assert.InRange((_time.Elapsed - before).TotalSeconds, 4.7, 5);
    }

    [Fact]
    public async Task The_two_ways_do_not_hinder_each_other()
    {
        var bandwidth = new Bandwidth(BandwidthTimetable.Parse("100k:10k"), _time);
        var before = _time.Elapsed;
        var up = DrainAsync(bandwidth, 102_400, BandwidthDirection.Up);
        await _time.RunAsync(up);
        Assert.InRange((_time.Elapsed - before).TotalSeconds, 0.7, 1);
        await _time.RunAsync(DrainAsync(bandwidth, 102_400, BandwidthDirection.Down));
        Assert.InRange((_time.Elapsed - before).TotalSeconds, 10.4, 11);
    }

    [Fact]
    public async Task Without_a_limit_nothing_waits() =>
        Assert.Equal(TimeSpan.Zero, await ReadAsync(new Bandwidth(BandwidthTimetable.Off, _time), 10_000_000));

    [Fact]
    public async Task The_limit_changes_while_a_stream_is_read()
    {
        var read = await ReadAsync(new Bandwidth(BandwidthTimetable.Parse("08:00,100k 07:00,10k"), _time), 1_024_000);
        Assert.InRange(read.TotalSeconds, 18, 20.5);
    }

    [Fact]
    public async Task A_wait_at_a_low_rate_ends_when_the_limit_does()
    {
        var bandwidth = new Bandwidth(BandwidthTimetable.Parse("07:00,1B 08:00,off"), _time);
        var before = _time.Elapsed;
        await _time.RunAsync(bandwidth.PassedAsync(BandwidthDirection.Down, 1_000_000).AsTask());
        Assert.InRange((_time.Elapsed - before).TotalSeconds, 10, 11.1);
    }

    [Fact]
    public async Task Idle_time_is_not_saved_up()
    {
        var bandwidth = new Bandwidth(BandwidthTimetable.Parse("100k"), _time);
        await ReadAsync(bandwidth, 1024);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.InRange((await ReadAsync(bandwidth, 1_024_000)).TotalSeconds, 9.7, 10);
    }

    [Fact]
    public async Task Who_gives_up_does_not_hold_up_the_others()
    {
        var bandwidth = new Bandwidth(BandwidthTimetable.Parse("1k"), _time);
        using var stop = new CancellationTokenSource();
        var first = bandwidth.PassedAsync(BandwidthDirection.Up, 5 * 1024, stop.Token).AsTask();
        var second = bandwidth.PassedAsync(BandwidthDirection.Up, 1024, CancellationToken.None).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await _time.RunAsync(second);
    }

    [Fact]
    public async Task Slow_streams_are_read_in_small_pieces()
    {
        var bandwidth = new Bandwidth(BandwidthTimetable.Parse("8k"), _time);
        await using var stream = bandwidth.Throttle(new MemoryStream(new byte[100_000]), BandwidthDirection.Up);
        Assert.Equal(1024, await _time.RunAsync(stream.ReadAsync(new byte[100_000]).AsTask()));
    }

    [Fact]
    public void The_timetable_is_read_in_the_local_zone()
    {
        var zoned = new Zoned(new DateTimeOffset(2026, 6, 1, 7, 30, 0, TimeSpan.Zero), TimeSpan.FromHours(2));
        Assert.Equal(new BandwidthLimit(1024, 1024), new Bandwidth(BandwidthTimetable.Parse("07:00,2k 09:00,1k 10:00,3k"), zoned).Now);
    }

    private async Task<TimeSpan> ReadAsync(Bandwidth bandwidth, int bytes)
    {
        var before = _time.Elapsed;
        await _time.RunAsync(DrainAsync(bandwidth, bytes, BandwidthDirection.Up));
        return _time.Elapsed - before;
    }

    private static async Task DrainAsync(Bandwidth bandwidth, int bytes, BandwidthDirection direction)
    {
        await using var stream = bandwidth.Throttle(new MemoryStream(new byte[bytes]), direction);
        await stream.CopyToAsync(Stream.Null);
    }

    private sealed class Zoned(DateTimeOffset now, TimeSpan offset) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.CreateCustomTimeZone("test", offset, "test", "test");

        public override DateTimeOffset GetUtcNow() => now;
    }
}

using OneFichier.Drive.Sync;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Sync.Running;

public sealed class RunProgressTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_steady_stream_has_its_rate_from_the_first_second_on()
    {
        var progress = new RunProgress(_time) { Bytes = 100_000 };
        for (var second = 0; second < 30; second++)
        {
            Pass(progress, 1000);
            Assert.InRange(progress.Totals.Rate, 999, 1001);
        }
    }

    [Fact]
    public void The_rate_follows_slowly_and_dies_away()
    {
        var progress = new RunProgress(_time);
        for (var second = 0; second < 60; second++)
            Pass(progress, 1000);
        Pass(progress, 5000);
        Assert.InRange(progress.Totals.Rate, 1100, 2000);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.InRange(progress.Totals.Rate, 0, 1);
    }

    [Fact]
    public void Nothing_is_foretold_before_bytes_move()
    {
        var progress = new RunProgress(_time) { Bytes = 1000 };
        Assert.Null(progress.Totals.Left);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(progress.Totals.Left);
    }

    [Fact]
    public void What_is_left_takes_as_long_as_its_bytes()
    {
        var progress = new RunProgress(_time) { Bytes = 11_000 };
        Pass(progress, 1000);
        progress.Advance(VolumePath.Parse("a"), 1000);
        Assert.InRange(progress.Totals.Left!.Value.TotalSeconds, 9.9, 10.1);
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(100, 50)]
    public void Or_as_long_as_its_requests_if_that_is_more(int requests, double seconds)
    {
        var progress = new RunProgress(_time, n => TimeSpan.FromSeconds(n * 0.5)) { Bytes = 10_000, RequestsLeft = requests };
        Pass(progress, 1000);
        Assert.InRange(progress.Totals.Left!.Value.TotalSeconds, seconds * 0.99, seconds * 1.01);
    }

    [Fact]
    public void Work_without_bytes_takes_its_requests() =>
        Assert.Equal(TimeSpan.FromMinutes(7), new RunProgress(_time, _ => TimeSpan.FromMinutes(7)) { RequestsLeft = 1 }.Totals.Left);

    [Fact]
    public void A_repeated_attempt_takes_back_what_was_done()
    {
        var progress = new RunProgress(_time) { Files = 2, Bytes = 150 };
        progress.Advance(VolumePath.Parse("a"), 80);
        progress.Advance(VolumePath.Parse("a"), 10);
        Assert.Equal((10L, 0), (progress.Totals.BytesDone, progress.Totals.FilesDone));
        progress.End(VolumePath.Parse("a"), 100);
        progress.Advance(VolumePath.Parse("b"), 50);
        Assert.Equal((150L, 1), (progress.Totals.BytesDone, progress.Totals.FilesDone));
    }

    [Fact]
    public void It_counts_its_own_time()
    {
        var progress = new RunProgress(_time);
        _time.Advance(TimeSpan.FromSeconds(42));
        Assert.Equal(TimeSpan.FromSeconds(42), progress.Totals.Elapsed);
    }

    private void Pass(RunProgress progress, int bytes)
    {
        progress.Passed(bytes / 2);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        progress.Passed(bytes - (bytes / 2));
        _time.Advance(TimeSpan.FromSeconds(0.5));
    }
}

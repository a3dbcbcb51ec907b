using OneFichier.Drive.Access;
using OneFichier.Server.Tokens;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Tokens;

public sealed class TokenMeterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bytes_are_kept_over_restarts()
    {
        await using (var meters = Meters())
        {
            var meter = meters.Of(Token(1000));
            Assert.Equal(600, meter.Take(ByteFlow.Up, 600));
            meter.GiveBack(ByteFlow.Up, 100);
            Assert.Equal(200, meter.Take(ByteFlow.Down, 200));
        }

        await using var later = Meters();
        Assert.Equal((500L, 200L), later.UsedBy("id"));
        Assert.Equal(300, later.Of(Token(1000)).Take(ByteFlow.Down, 5000));
        Assert.Equal(0, later.Of(Token(1000)).Take(ByteFlow.Up, 1));
    }

    [Fact]
    public async Task The_counts_of_several_processes_add_up()
    {
        await using var one = Meters();
        await using var other = Meters();
        var (here, there) = (one.Of(Token(1000)), other.Of(Token(1000)));
        here.Take(ByteFlow.Up, 400);
        there.Take(ByteFlow.Up, 300);
        await one.SaveAsync();
        await other.SaveAsync();
        Assert.Equal(300, there.Take(ByteFlow.Down, 9999));
        await other.SaveAsync();
        here.Take(ByteFlow.Up, 1);
        await one.SaveAsync();
        Assert.Equal(0, here.Take(ByteFlow.Up, 1));
        Assert.Equal((701L, 300L), Meters().UsedBy("id"));
    }

    [Fact]
    public async Task Many_threads_take_together_exactly_the_budget()
    {
        await using var meters = Meters();
        var meter = meters.Of(Token(100_000));
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Sum(n => meter.Take(ByteFlow.Down, 1 + n % 7)))));
        Assert.Equal(100_000, taken.Sum());
    }

    [Fact]
    public async Task Counts_are_written_after_some_seconds_without_being_asked()
    {
        var time = new ManualTime();
        await using var meters = new TokenMeters(_folder.Path, time);
        meters.Of(Token(null)).Take(ByteFlow.Up, 42);
        Assert.Equal((0L, 0L), meters.UsedBy("id"));
        await time.TimerSetAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        await Until.TrueAsync(() => Meters().UsedBy("id") == (42L, 0L));
    }

    [Fact]
    public void A_damaged_count_is_an_error_and_not_zero()
    {
        File.WriteAllText(_folder["id.json"], "half");
        Assert.Throws<IOException>(() => Meters().Of(Token(1)));
    }

    private TokenMeters Meters() => new(_folder.Path, TimeProvider.System);

    private static Token Token(long? budget) => new("id", "user", new byte[32], new AccessScope { Budget = budget });
}

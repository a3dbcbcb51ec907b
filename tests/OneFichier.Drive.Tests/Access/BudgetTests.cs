using OneFichier.Drive.Access;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Access;

public sealed class BudgetTests
{
    private static readonly VolumePath File = VolumePath.Parse("file");

    private readonly MemoryVolume _whole = new();

    [Fact]
    public async Task Bytes_both_ways_are_counted()
    {
        var meter = new Meter(1000);
        var volume = Scoped(meter);
        Assert.Null((await volume.PutAsync([New("file", 300)]))[0].Error);
        Assert.Equal(300, await ReadAsync(volume, default));
        Assert.Equal(50, await ReadAsync(volume, new ByteRange(10, 50)));
        Assert.Equal((300, 350), (meter.Up, meter.Down));
    }

    [Fact]
    public async Task A_file_that_is_larger_than_what_is_left_is_refused_before_a_byte_is_read_of_it()
    {
        var meter = new Meter(100);
        var opened = 0;
        var large = New("large", 101) with { OpenAsync = _ => { opened++; throw new IOException("not to be opened"); } };
        var results = await Scoped(meter).PutAsync([New("small", 60), large, New("last", 40)]);
        Assert.Null(results[0].Error);
        Assert.Equal(ByteFlow.Up, Assert.IsType<ByteBudgetException>(results[1].Error).Flow);
        Assert.Null(results[2].Error);
        Assert.Equal((0, 100), (opened, meter.Up));
        Assert.Null(await _whole.FindAsync(VolumePath.Parse("large")));
    }

    [Fact]
    public async Task A_read_gives_what_the_budget_allows_to_the_byte_and_then_fails()
    {
        await _whole.PutAsync([New("file", 500)]);
        var meter = new Meter(123);
        await using var stream = await Scoped(meter).OpenAsync(File);
        var read = 0;
        var failure = await Assert.ThrowsAsync<ByteBudgetException>(async () =>
        {
            var buffer = new byte[50];
            while (await stream.ReadAsync(buffer) is > 0 and var n)
                read += n;
        });
        Assert.Equal((123, 123, ByteFlow.Down), (read, meter.Down, failure.Flow));
    }

    [Fact]
    public async Task A_file_that_ends_exactly_where_the_budget_does_is_whole()
    {
        await _whole.PutAsync([New("file", 500)]);
        Assert.Equal(500, await ReadAsync(Scoped(new Meter(500)), default));
        await Assert.ThrowsAsync<ByteBudgetException>(() => ReadAsync(Scoped(new Meter(499)), default));
    }

    [Fact]
    public async Task Nothing_can_be_opened_once_the_budget_is_spent()
    {
        await _whole.PutAsync([New("file", 500)]);
        var meter = new Meter(0);
        await Assert.ThrowsAsync<ByteBudgetException>(() => Scoped(meter).OpenAsync(File));
        await Assert.ThrowsAsync<PathNotFoundException>(() => Scoped(meter).OpenAsync(VolumePath.Parse("none")));
    }

    [Fact]
    public async Task Of_an_upload_that_fails_only_the_bytes_that_came_are_counted()
    {
        var meter = new Meter(1000);
        var broken = New("file", 400) with { OpenAsync = async _ => await CutStream.HalfOfAsync(new MemoryStream(new byte[400]), new IOException("cut"), CancellationToken.None) };
        Assert.NotNull((await Scoped(meter).PutAsync([broken]))[0].Error);
        Assert.InRange(meter.Up, 1, 200);
        var faulty = new FaultyVolume(_whole, new VolumeFault(VolumeCall.Put, FaultMoment.Before));
        var before = meter.Up;
        await Assert.ThrowsAsync<IOException>(() => new ScopedVolume(faulty, Writing, meter).PutAsync([New("other", 500)]));
        Assert.Equal(before, meter.Up);
    }

    [Fact]
    public async Task Many_readers_at_once_get_together_no_byte_more_than_the_budget()
    {
        await _whole.PutAsync([New("file", 10_000)]);
        var volume = Scoped(new Meter(25_000));
        var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReadWhatGoesAsync(volume))));
        Assert.Equal(25_000, read.Sum());
    }

    private static readonly AccessScope Writing = new() { Level = AccessLevel.Write };

    private ScopedVolume Scoped(Meter meter) => new(_whole, Writing, meter);

    private static NewFile New(string path, int length) => new(VolumePath.Parse(path), length, _ => new ValueTask<Stream>(new MemoryStream(new byte[length])));

    private static async Task<int> ReadAsync(IVolume volume, ByteRange range)
    {
        await using var stream = await volume.OpenAsync(File, range);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return (int)all.Length;
    }

    private static async Task<int> ReadWhatGoesAsync(IVolume volume)
    {
        var read = 0;
        try
        {
            await using var stream = await volume.OpenAsync(File);
            var buffer = new byte[700];
            while (await stream.ReadAsync(buffer) is > 0 and var n)
                read += n;
        }
        catch (ByteBudgetException)
        {
            return read;
        }

        return read;
    }
}

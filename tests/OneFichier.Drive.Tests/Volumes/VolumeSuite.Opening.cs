using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

public abstract partial class VolumeSuite
{
    private const int RangedLength = 150_000;

    [Theory]
    [InlineData(0, null)]
    [InlineData(0, 1L)]
    [InlineData(1, 1L)]
    [InlineData(65_535, 3L)]
    [InlineData(100, 100_000L)]
    [InlineData(149_999, null)]
    [InlineData(149_999, 1L)]
    [InlineData(75_000, null)]
    [InlineData(0, 150_000L)]
    public async Task A_part_of_a_file_is_exactly_that_part(int offset, long? length)
    {
        var content = Pattern.Bytes(RangedLength);
        await PutAsync(New("file", content));
        Assert.Equal(content.AsSpan(offset, (int)(length ?? RangedLength - offset)).ToArray(), await ReadAsync("file", new ByteRange(offset, length)));
    }

    [Theory]
    [InlineData(0, 0L)]
    [InlineData(5, 0L)]
    [InlineData(10, 0L)]
    [InlineData(10, null)]
    public async Task A_part_of_no_bytes_is_empty(int offset, long? length)
    {
        await PutAsync(New("file", "ten bytes."), New("empty", ""));
        Assert.Empty(await ReadAsync("file", new ByteRange(offset, length)));
        Assert.Empty(await ReadAsync("empty", new ByteRange(0, length)));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, 11L)]
    [InlineData(10, 1L)]
    [InlineData(11, null)]
    [InlineData(11, 0L)]
    [InlineData(0, -1L)]
    [InlineData(5, long.MaxValue)]
    public async Task A_part_beyond_the_file_is_refused(long offset, long? length)
    {
        await PutAsync(New("file", "ten bytes."));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Volume.OpenAsync(At("file"), new ByteRange(offset, length)));
    }

    [Fact]
    public async Task A_file_is_read_through_while_it_is_replaced_and_the_next_reader_sees_the_new_one()
    {
        var (old, fresh) = (Pattern.Bytes(300_000, 1), Pattern.Bytes(310_000, 2));
        await PutAsync(New("f/file", old));
        await using var stream = await Volume.OpenAsync(At("f/file"));
        var start = new byte[1000];
        await stream.ReadExactlyAsync(start);
        await PutAsync(New("f/file", fresh));
        Assert.Equal(fresh, await ReadAsync("f/file"));
        await OldOrFailureAsync(stream, old[1000..]);
    }

    [Fact]
    public async Task Many_read_one_file_at_once()
    {
        var content = Pattern.Bytes(RangedLength);
        await PutAsync(New("file", content));
        var parts = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => ReadAsync("file", new ByteRange(n * 25_000L, 25_000)))));
        Assert.Equal(content, parts.SelectMany(p => p));
    }

    [Fact]
    public async Task A_reader_that_goes_away_early_disturbs_nobody()
    {
        await PutAsync(New("file", Pattern.Bytes(RangedLength)));
        await using (var stream = await Volume.OpenAsync(At("file")))
            Assert.NotEqual(-1, stream.ReadByte());
        Assert.Null(await RemoveAsync("file"));
        await PutAsync(New("file", "again"));
        Assert.Equal("again", await TextAsync("file"));
    }

    /// <summary>A volume may end a reader whose file is replaced, but gives it no byte of the new one and no end before the end.</summary>
    private static async Task OldOrFailureAsync(Stream stream, byte[] rest)
    {
        try
        {
            Assert.Equal(rest, await ReadAllAsync(stream));
        }
        catch (Exception e) when (e is FichierException or IOException)
        {
            Assert.NotEmpty(e.Message);
        }
    }
}

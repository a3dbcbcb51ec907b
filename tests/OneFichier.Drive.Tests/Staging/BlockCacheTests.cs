using OneFichier.Drive.Staging;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>What was read once is not fetched again, and is never other than it was.</summary>
public sealed class BlockCacheTests : IDisposable
{
    private const int Block = 128 * 1024;

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly MemoryVolume _stored = new();
    private readonly FaultyVolume _inner;
    private readonly List<BlockCache> _caches = [];

    public BlockCacheTests() => _inner = new FaultyVolume(_stored);

    private int Opens => _inner.CallsOf(VolumeCall.Open);

    public void Dispose()
    {
        _caches.ForEach(c => c.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_fetched_once_also_for_another_process_and_after_a_restart()
    {
        var content = await PutAsync("file", 3_000_000);
        Assert.Equal(content, await ReadAsync(Open(), "file"));
        var opens = Opens;
        Assert.Equal(content, await ReadAsync(Open(), "file"));
        Assert.Equal(content[2_500_000..2_600_000], await ReadAsync(Open(), "file", 2_500_000, 100_000));
        Assert.Equal(opens, Opens);
    }

    [Fact]
    public async Task A_small_read_fetches_one_block()
    {
        await PutAsync("file", 5_000_000);
        var volume = Open();
        await ReadAsync(volume, "file", 0, 65_536);
        Assert.Equal(1, Opens);
        Assert.Equal(Block, BytesInCache());
    }

    [Fact]
    public async Task Reading_in_order_asks_ever_less_often_and_jumps_do_not_disturb_it()
    {
        var content = await PutAsync("file", 200 * Block);
        var volume = Open();
        await using var one = await volume.OpenAsync(VolumePath.Parse("file"));
        await using var other = await volume.OpenAsync(VolumePath.Parse("file"), new ByteRange(100 * Block));
        var (buffer, random) = (new byte[Block], new Random(5));
        for (var n = 0; n < 100; n++)
        {
            await one.ReadExactlyAsync(buffer);
            Assert.True(content.AsSpan(n * Block, Block).SequenceEqual(buffer));
            await other.ReadExactlyAsync(buffer);
            Assert.True(content.AsSpan((100 + n) * Block, Block).SequenceEqual(buffer));
            if (n % 10 == 0)
                await ReadAsync(volume, "file", random.Next(199 * Block), 100);
        }

        Assert.InRange(Opens, 2, 60);
    }

    [Fact]
    public async Task Many_who_want_one_block_have_it_fetched_once()
    {
        await PutAsync("file", 100_000);
        var volume = Open();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ReadAsync(volume, "file"))));
        Assert.Equal(1, Opens);
    }

    [Fact]
    public async Task A_damaged_block_is_fetched_again_and_never_served()
    {
        var content = await PutAsync("file", 1_000_000);
        await ReadAsync(Open(), "file");
        foreach (var path in Directory.GetFiles(_folder["cache"], "*.*", SearchOption.AllDirectories))
        {
            await using var file = new FileStream(path, FileMode.Open);
            file.Position = 4096 + 300_000;
            file.WriteByte((byte)(content[300_000] ^ 1));
        }

        var opens = Opens;
        Assert.Equal(content, await ReadAsync(Open(), "file"));
        Assert.InRange(Opens, opens + 1, opens + 8);
        Assert.Equal(content, await ReadAsync(Open(), "file"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task A_cut_file_of_the_cache_is_filled_again(int length)
    {
        var content = await PutAsync("file", 1_000_000);
        await ReadAsync(Open(), "file");
        foreach (var path in Directory.GetFiles(_folder["cache"], "*.*", SearchOption.AllDirectories))
            await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..length]);
        Assert.Equal(content, await ReadAsync(Open(), "file"));
    }

    [Fact]
    public async Task A_file_that_is_replaced_is_never_read_as_the_old_one()
    {
        await PutAsync("file", 300_000, 1);
        var volume = Open();
        await ReadAsync(volume, "file");
        var fresh = await PutAsync("file", 300_000, 2);
        Assert.Equal(fresh, await ReadAsync(volume, "file"));
    }

    [Fact]
    public async Task The_cache_keeps_to_its_size_and_keeps_heads_and_tails_longest()
    {
        await PutAsync("long", 100 * Block);
        await ReadAsync(Open(maxBytes: 160 * Block), "long");
        for (var n = 0; n < 10; n++)
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            await PutAsync($"{n}", 20 * Block, n);
            await ReadAsync(Open(maxBytes: 160 * Block), $"{n}");
        }

        Assert.InRange(BytesInCache(), 100 * Block, 170 * Block);
        var (volume, opens) = (Open(maxBytes: 160 * Block), Opens);
        await ReadAsync(volume, "long", 0, 1000);
        await ReadAsync(volume, "long", (100 * Block) - 1000, 1000);
        Assert.Equal(opens, Opens);
        await ReadAsync(volume, "long", 50 * Block, 1000);
        Assert.Equal(opens + 1, Opens);
    }

    [Fact]
    public async Task What_is_cached_is_read_while_the_service_fails_and_the_rest_fails_in_bounded_time()
    {
        var content = await PutAsync("file", 10 * Block);
        await ReadAsync(Open(), "file", 0, Block);
        var hanging = new HangingVolume(_stored);
        var volume = new CachedVolume(hanging, Cache(null));
        Assert.Equal(content[..1000], await ReadAsync(volume, "file", 0, 1000));
        var missing = ReadAsync(volume, "file", 5 * Block, 1000);
        await hanging.Opening;
        var failure = await Assert.ThrowsAnyAsync<IOException>(() => _time.RunAsync(missing));
        Assert.Contains("file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_refuses_only_means_that_nothing_is_kept()
    {
        var content = await PutAsync("file", 1_000_000);
        var volume = Open();
        Directory.Delete(_folder["cache"], recursive: true);
        await File.WriteAllTextAsync(_folder["cache"], "no folder");
        Assert.Equal(content, await ReadAsync(volume, "file"));
    }

    private BlockCache Cache(long? maxBytes)
    {
        var cache = new BlockCache(new BlockCacheOptions { Folder = _folder["cache"], MaxBytes = maxBytes ?? 1 << 30, Time = _time });
        _caches.Add(cache);
        return cache;
    }

    private CachedVolume Open(long? maxBytes = null) => new(_inner, Cache(maxBytes));

    private long BytesInCache() => Directory.GetFiles(_folder["cache"], "*.*", SearchOption.AllDirectories).Sum(path =>
    {
        var table = File.ReadAllBytes(path).AsSpan(0, 512);
        var bytes = 0L;
        for (var at = 4; at < table.Length; at += 8)
            bytes += BitConverter.ToInt32(table[at..]);
        return bytes;
    });

    private async Task<byte[]> PutAsync(string path, int length, int seed = 1)
    {
        var content = Pattern.Bytes(length, seed);
        Assert.Null(Assert.Single(await _stored.PutAsync([new NewFile(VolumePath.Parse(path), length, _ => new ValueTask<Stream>(new MemoryStream(content)))])).Error);
        return content;
    }

    private static async Task<byte[]> ReadAsync(IVolume volume, string path, long offset = 0, long? length = null)
    {
        await using var stream = await volume.OpenAsync(VolumePath.Parse(path), new ByteRange(offset, length));
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private sealed class HangingVolume(IVolume inner) : VolumeDecorator(inner)
    {
        private readonly TaskCompletionSource _opening = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Opening => _opening.Task;

        public override async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
        {
            _opening.TrySetResult();
            await new TaskCompletionSource<bool>().Task.WaitAsync(cancellationToken);
            return Stream.Null;
        }
    }
}

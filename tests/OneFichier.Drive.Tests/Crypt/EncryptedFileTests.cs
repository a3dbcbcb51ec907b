using OneFichier.Drive.Crypt;
using OneFichier.Hashing;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>The content of encrypted files: nothing that was changed is ever read, and no more is read than is needed.</summary>
public sealed class EncryptedFileTests
{
    private const int BoxSize = 65_536 + 16;

    private readonly WatchedVolume _inner = new(new MemoryVolume());
    private readonly EncryptedVolume _volume;

    public EncryptedFileTests() => _volume = new EncryptedVolume(_inner, TestKeys.Salted);

    private static VolumePath Path { get; } = VolumePath.Parse("secret plans/file");

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(100)]
    public async Task Every_flipped_bit_is_refused_under_the_plain_name(int length)
    {
        var stored = await PutAsync(Pattern.Bytes(length));
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            stored[bit / 8] ^= (byte)(1 << bit % 8);
            await StoreAsync(stored);
            var refused = await Assert.ThrowsAsync<FichierIntegrityException>(() => ReadAsync());
            Assert.Contains(Path.ToString(), refused.Message, StringComparison.Ordinal);
            stored[bit / 8] ^= (byte)(1 << bit % 8);
        }

        await StoreAsync(stored);
        Assert.Equal(Pattern.Bytes(length), await ReadAsync());
    }

    [Fact]
    public async Task A_flipped_bit_spoils_its_block_and_no_other()
    {
        var content = Pattern.Bytes(200_000);
        var stored = await PutAsync(content);
        stored[32 + 2 * BoxSize + 1000] ^= 1;
        await StoreAsync(stored);
        Assert.Equal(content[..131_072], await ReadAsync(new ByteRange(0, 131_072)));
        Assert.Equal(content[196_608..], await ReadAsync(new ByteRange(196_608)));
        var refused = await Assert.ThrowsAsync<FichierIntegrityException>(() => ReadAsync(new ByteRange(131_072, 1)));
        Assert.Contains("Block 2", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FichierIntegrityException>(() => ReadAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Every_truncation_is_refused_but_one_that_leaves_another_whole_file(int length)
    {
        var stored = await PutAsync(Pattern.Bytes(length));
        for (var cut = 0; cut < stored.Length; cut++)
        {
            await StoreAsync(stored[..cut]);
            if (cut == 32)
                Assert.Empty(await ReadAsync());
            else
                await Assert.ThrowsAsync<FichierIntegrityException>(() => ReadAsync());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(65_536)]
    public async Task Every_extension_is_refused(int length)
    {
        var stored = await PutAsync(Pattern.Bytes(length));
        foreach (var more in Enumerable.Range(1, 40))
        {
            await StoreAsync([.. stored, .. Pattern.Bytes(more)]);
            await Assert.ThrowsAsync<FichierIntegrityException>(() => ReadAsync());
        }
    }

    [Fact]
    public async Task Blocks_that_change_places_are_refused()
    {
        var stored = await PutAsync(Pattern.Bytes(131_072));
        await StoreAsync([.. stored[..32], .. stored[(32 + BoxSize)..], .. stored[32..(32 + BoxSize)]]);
        await Assert.ThrowsAsync<FichierIntegrityException>(() => ReadAsync());
        await Assert.ThrowsAsync<FichierIntegrityException>(() => ReadAsync(new ByteRange(65_536)));
    }

    [Fact]
    public async Task A_volume_inside_that_gives_less_than_it_listed_is_not_believed()
    {
        await PutAsync(Pattern.Bytes(100_000));
        _inner.Cut = 50_000;
        await Assert.ThrowsAsync<FichierIntegrityException>(() => ReadAsync());
    }

    [Fact]
    public async Task Other_keys_read_nothing()
    {
        var names = new CryptOptions { Names = NameEncryption.Off };
        await new EncryptedVolume(_inner, TestKeys.Salted, names).PutAsync([File(Pattern.Bytes(10))]);
        var stranger = new EncryptedVolume(_inner, TestKeys.Unsalted, names);
        Assert.NotNull(await stranger.FindAsync(Path));
        var refused = await Assert.ThrowsAsync<FichierIntegrityException>(async () => await ReadAllAsync(await stranger.OpenAsync(Path)));
        Assert.Contains("password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestKeys.Password, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_costs_one_opening_of_the_blocks_it_is_in()
    {
        var content = Pattern.Bytes(1_000_000);
        await PutAsync(content);
        _inner.Opened.Clear();
        Assert.Equal(content[65_530..65_540], await ReadAsync(new ByteRange(65_530, 10)));
        Assert.Equal([new ByteRange(0, 32 + 2 * BoxSize)], _inner.Opened);

        _inner.Opened.Clear();
        Assert.Equal(content[700_000..700_001], await ReadAsync(new ByteRange(700_000, 1)));
        Assert.Equal(content[999_999..], await ReadAsync(new ByteRange(999_999)));
        Assert.Equal([new ByteRange(32 + 10 * BoxSize, BoxSize), new ByteRange(32 + 15 * BoxSize, 16 + 16_960)], _inner.Opened);
    }

    [Fact]
    public async Task Any_part_is_that_part()
    {
        const int seed = 4;
        var random = new Random(seed);
        var content = Pattern.Bytes(300_000);
        await PutAsync(content);
        for (var n = 0; n < 60; n++)
        {
            var offset = random.Next(content.Length + 1);
            var length = random.Next(content.Length - offset + 1);
            var part = await ReadAsync(new ByteRange(offset, length));
            Assert.True(content.AsSpan(offset, length).SequenceEqual(part), $"{offset}, {length} of seed {seed}");
        }
    }

    [Fact]
    public async Task Every_attempt_at_a_file_gives_the_same_bytes_and_no_other_file_its_nonce()
    {
        await _volume.PutAsync([File(Pattern.Bytes(70_000)), File(Pattern.Bytes(70_000)) with { Path = VolumePath.Parse("twin") }]);
        await _volume.PutAsync([File(Pattern.Bytes(70_000))]);
        var bytes = new List<byte[]>();
        foreach (var file in _inner.Put)
        {
            bytes.Add(await ReadAllAsync(await file.OpenAsync(default)));
            Assert.Equal(bytes[^1], await ReadAllAsync(await file.OpenAsync(default)));
            Assert.Equal(file.Length, bytes[^1].Length);
        }

        Assert.Equal(3, bytes.Select(b => Convert.ToHexString(b, 8, 24)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_source_that_changed_between_two_attempts_is_not_sent_under_the_nonce_of_the_first()
    {
        var content = Pattern.Bytes(200_000);
        await _volume.PutAsync([File(content)]);
        content[150_000] ^= 1;
        await using var again = await _inner.Put[^1].OpenAsync(default);
        await again.ReadExactlyAsync(new byte[32 + 2 * BoxSize]);
        var refused = await Assert.ThrowsAsync<FichierSourceException>(async () => await again.ReadExactlyAsync(new byte[1]));
        Assert.Equal("'secret plans/file' changed between two attempts to send it.", refused.Message);
    }

    [Fact]
    public async Task A_nonce_counts_on_over_all_its_bytes()
    {
        var content = Pattern.Bytes(200_000);
        var volume = new EncryptedVolume(_inner, TestKeys.Salted, fillNonce: nonce => nonce.Fill(0xFF));
        Assert.Null(Assert.Single(await volume.PutAsync([File(content)])).Error);
        Assert.Equal(content, await ReadAsync());
        Assert.Equal(content[150_000..], await ReadAsync(new ByteRange(150_000)));
    }

    [Fact]
    public async Task A_checksum_of_the_plain_content_is_compared_before_the_last_block_is_given_out()
    {
        var content = Pattern.Bytes(70_000);
        Assert.Null(Assert.Single(await _volume.PutAsync([File(content) with { Checksum = Whirlpool.HashData(content) }])).Error);
        var refused = Assert.Single(await _volume.PutAsync([File(content) with { Checksum = WhirlpoolHash.Empty }]));
        Assert.Contains(Path.ToString(), Assert.IsType<FichierIntegrityException>(refused.Error).Message, StringComparison.Ordinal);
        Assert.Null(_inner.Put[^1].Checksum);
        Assert.Equal(content, await ReadAsync());
    }

    private static NewFile File(byte[] content) => new(Path, content.Length, _ => new ValueTask<Stream>(new MemoryStream(content, writable: false)));

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        await using (stream)
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all);
            return all.ToArray();
        }
    }

    private async Task<byte[]> ReadAsync(ByteRange range = default) => await ReadAllAsync(await _volume.OpenAsync(Path, range));

    /// <summary>Puts a file and gives it as it is stored.</summary>
    private async Task<byte[]> PutAsync(byte[] content)
    {
        Assert.Null(Assert.Single(await _volume.PutAsync([File(content)])).Error);
        return await ReadAllAsync(await _inner.Put[^1].OpenAsync(default));
    }

    private async Task StoreAsync(byte[] stored) =>
        Assert.Null(Assert.Single(await _inner.Inner.PutAsync([new NewFile(_inner.Put[^1].Path, stored.Length, _ => new ValueTask<Stream>(new MemoryStream(stored)))])).Error);
}

using OneFichier.Drive.Index;
using OneFichier.Hashing;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

/// <summary>Files of the disk that change while they are read, and checksums that are remembered while they do not.</summary>
public sealed class LocalReadingTests : IDisposable
{
    private static readonly VolumePath Path = VolumePath.Parse("file");
    private static readonly byte[] Content = Pattern.Bytes(400_000);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow().AddMinutes(1));
    private readonly SqliteHashCache _cache;
    private readonly LocalVolume _volume;

    public LocalReadingTests()
    {
        _cache = new SqliteHashCache(_folder["state/hashes.db"], _time);
        _volume = new LocalVolume(_folder["root"], new LocalVolumeOptions { HashCache = _cache, Time = _time });
        Directory.CreateDirectory(_folder["root"]);
        _folder.Write("root/file", Content);
    }

    public void Dispose()
    {
        _cache.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("grows")]
    [InlineData("shrinks")]
    [InlineData("is written over")]
    public async Task A_file_that_changes_while_it_is_read_is_never_read_to_its_end(string change)
    {
        await using var stream = await _volume.OpenAsync(Path);
        await stream.ReadExactlyAsync(new byte[1000]);
        await using (var writer = new FileStream(_folder["root/file"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            if (change != "is written over")
                writer.SetLength(change == "grows" ? 500_000 : 300_000);
            writer.WriteByte(1);
        }

        File.SetLastWriteTimeUtc(_folder["root/file"], _time.GetUtcNow().UtcDateTime);
        await Assert.ThrowsAsync<FichierSourceException>(() => stream.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task A_reader_of_exactly_its_length_is_told_too()
    {
        await using var stream = await _volume.OpenAsync(Path);
        File.SetLastWriteTimeUtc(_folder["root/file"], _time.GetUtcNow().UtcDateTime);
        await Assert.ThrowsAsync<FichierSourceException>(async () => await stream.ReadExactlyAsync(new byte[Content.Length]));
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_listed_is_not_opened_as_listed()
    {
        var listed = Assert.Single((await _volume.ListAsync(VolumePath.Root)).Entries);
        await using (var stream = await _volume.OpenAsync(listed))
            await stream.CopyToAsync(Stream.Null);
        File.SetLastWriteTimeUtc(_folder["root/file"], _time.GetUtcNow().UtcDateTime);
        await Assert.ThrowsAsync<FichierSourceException>(() => _volume.OpenAsync(listed));
        await Assert.ThrowsAsync<FichierSourceException>(() => _volume.HashAsync(listed));
    }

    [Fact]
    public async Task A_checksum_is_computed_once_and_again_when_the_file_has_changed()
    {
        var entry = (await _volume.FindAsync(Path))!;
        var read = new Reports();
        Assert.Equal(Whirlpool.HashData(Content), await _volume.HashAsync(entry, read));
        Assert.Equal((true, 400_000L), (read.All.Count > 1, read.All[^1]));
        read.All.Clear();
        Assert.Equal(Whirlpool.HashData(Content), await _volume.HashAsync(entry, read));
        Assert.Equal([400_000L], read.All);
        var other = Pattern.Bytes(400_000, 2);
        _folder.Write("root/file", other);
        File.SetLastWriteTimeUtc(_folder["root/file"], _time.GetUtcNow().UtcDateTime.AddSeconds(-30));
        Assert.Equal(Whirlpool.HashData(other), await _volume.HashAsync((await _volume.FindAsync(Path))!));
    }

    [Fact]
    public async Task A_file_changed_a_moment_ago_is_not_remembered_since_it_may_change_again_within_the_same_tick()
    {
        File.SetLastWriteTimeUtc(_folder["root/file"], _time.GetUtcNow().UtcDateTime.AddSeconds(-1));
        var entry = (await _volume.FindAsync(Path))!;
        await _volume.HashAsync(entry);
        var read = new Reports();
        await _volume.HashAsync(entry, read);
        Assert.True(read.All.Count > 1);
    }

    [Fact]
    public async Task A_checksum_proven_by_a_put_is_remembered()
    {
        var file = new NewFile(Path, Content.Length, _ => new ValueTask<Stream>(new MemoryStream(Content))) { Checksum = Whirlpool.HashData(Content), ModTime = _time.GetUtcNow().AddDays(-1) };
        var entry = Assert.Single(await _volume.PutAsync([file])).Entry!;
        var read = new Reports();
        Assert.Equal(file.Checksum, await _volume.HashAsync(entry, read));
        Assert.Single(read.All);
    }

    [Fact]
    public async Task Many_files_are_hashed_at_once()
    {
        for (var n = 0; n < 20; n++)
            _folder.Write($"root/{n}", Pattern.Bytes(50_000 + n, n));
        var files = (await _volume.ListAsync(VolumePath.Root)).Entries;
        var hashes = await Task.WhenAll(files.Select(f => _volume.HashAsync(f)));
        for (var n = 0; n < files.Count; n++)
            Assert.Equal(Whirlpool.HashData(await File.ReadAllBytesAsync(_volume.DiskPath(files[n].Path))), hashes[n]);
    }

    [Fact]
    public async Task What_is_gone_has_no_checksum() =>
        await Assert.ThrowsAsync<PathNotFoundException>(() => _volume.HashAsync(new Entry(VolumePath.Parse("none"), IsFolder: false)));

    private sealed class Reports : IProgress<long>
    {
        public List<long> All { get; } = [];

        public void Report(long value) => All.Add(value);
    }
}

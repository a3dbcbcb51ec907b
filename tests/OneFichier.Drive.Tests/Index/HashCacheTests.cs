using OneFichier.Drive.Index;
using OneFichier.Hashing;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Index;

public sealed class HashCacheTests : IDisposable
{
    private static readonly HashedFile File1 = new("/home/me/file", 12, 34, "1.2:3");
    private static readonly WhirlpoolHash Hash1 = Whirlpool.HashData("one"u8);
    private static readonly WhirlpoolHash Hash2 = Whirlpool.HashData("two"u8);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    private string DbPath => _folder["state/hashes.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checksum_is_found_while_nothing_of_the_file_differs()
    {
        using var cache = Open();
        cache.Remember(File1, Hash1);
        Assert.Equal(Hash1, cache.Find(File1));
        foreach (var other in new[] { File1 with { Path = "/home/me/File" }, File1 with { Size = 13 }, File1 with { ModTicks = 35 }, File1 with { Inode = "1.2:4" }, File1 with { Inode = null } })
            Assert.Null(cache.Find(other));
    }

    [Fact]
    public void A_path_has_one_checksum_the_latest()
    {
        using var cache = Open();
        cache.Remember(File1, Hash1);
        cache.Remember(File1 with { ModTicks = 35 }, Hash2);
        Assert.Null(cache.Find(File1));
        Assert.Equal(Hash2, cache.Find(File1 with { ModTicks = 35 }));
    }

    [Fact]
    public void Another_process_and_a_later_one_see_it()
    {
        using var other = Open();
        using (var cache = Open())
        {
            cache.Remember(File1, Hash1);
            Assert.Equal(Hash1, other.Find(File1));
            other.Remember(File1 with { Path = "/b" }, Hash2);
        }

        using var later = Open();
        Assert.Equal((Hash1, Hash2), (later.Find(File1), later.Find(File1 with { Path = "/b" })));
    }

    [Fact]
    public void What_is_not_asked_for_in_a_year_is_forgotten_and_what_is_stays()
    {
        using (var cache = Open())
        {
            cache.Remember(File1, Hash1);
            cache.Remember(File1 with { Path = "/unused" }, Hash2);
        }

        _time.SetWall(_time.GetUtcNow().AddDays(300));
        using (var cache = Open())
            Assert.Equal(Hash1, cache.Find(File1));
        _time.SetWall(_time.GetUtcNow().AddDays(100));
        using (var cache = Open())
        {
            Assert.Equal(Hash1, cache.Find(File1));
            Assert.Null(cache.Find(File1 with { Path = "/unused" }));
        }
    }

    [Fact]
    public void It_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var cache = Open();
        cache.Remember(File1, Hash1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DbPath));
    }

    [Theory]
    [InlineData("this is no database, and long enough to be looked at as one would be looked at")]
    [InlineData("")]
    public void A_damaged_file_is_built_anew(string content)
    {
        Directory.CreateDirectory(_folder["state"]);
        File.WriteAllText(DbPath, content);
        using var cache = Open();
        Assert.Null(cache.Find(File1));
        cache.Remember(File1, Hash1);
        Assert.Equal(Hash1, cache.Find(File1));
        Assert.False(cache.IsOff);
    }

    [Fact]
    public void Where_no_file_can_be_nothing_is_remembered_and_that_is_said_once()
    {
        var log = new LogKeeper();
        _folder.Write("state", [1]);
        using var cache = new SqliteHashCache(DbPath, _time, log);
        for (var n = 0; n < 3; n++)
            cache.Remember(File1, Hash1);
        Assert.Null(cache.Find(File1));
        Assert.True(cache.IsOff);
        Assert.Single(log.Text.Split('\n'));
    }

    [Fact]
    public async Task Many_threads_may_use_it_at_once()
    {
        using var cache = Open();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(t => Task.Run(() =>
        {
            for (var n = 0; n < 20; n++)
            {
                cache.Remember(File1 with { Path = $"/{t}/{n}" }, Hash1);
                Assert.Equal(Hash1, cache.Find(File1 with { Path = $"/{t}/{n}" }));
            }
        })));
    }

    private SqliteHashCache Open() => new(DbPath, _time);
}

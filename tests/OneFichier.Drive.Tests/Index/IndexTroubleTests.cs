using System.Diagnostics;
using OneFichier.Drive.Index;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Index;

/// <summary>What becomes of an index on a disk that is full or read-only, and of one that was cut off. The disks are mounts of their own, which only root can make.</summary>
public sealed class IndexTroubleTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly LogKeeper _log = new();
    private bool _mounted;

    private string Disk => _folder["disk"];

    private string IndexPath => Path.Combine(Disk, "index.db");

    public void Dispose()
    {
        if (_mounted)
            Run("umount", Disk);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private void MountSmallDisk()
    {
        Directory.CreateDirectory(Disk);
        _mounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Disk);
        Assert.SkipUnless(_mounted, "A disk of its own needs Linux and root.");
    }

    private SqliteListingStore Open() => new(IndexPath, new SteppedTime(), _log);

    private static FolderSnapshot Listing(int number) => ManyFiles.Listing(number, Noon, 200, 100);

    [Fact]
    public void A_disk_that_fills_up_costs_the_file_and_nothing_that_was_remembered()
    {
        MountSmallDisk();
        using var store = Open();
        var put = 0;
        for (; put < 200 && !store.InMemory; put++)
            store.Put(Listing(put), TimeSpan.Zero);
        Assert.InRange(put, 5, 199);
        store.Put(Listing(put), TimeSpan.Zero);
        for (var number = 0; number <= put; number++)
            Assert.Equal(100, store.Read(new FolderId(number))?.Files.Count);
        Assert.Equal("file 7", Assert.Single(store.FilesNamed(new FolderId(2), "file 7")).Name);
        Assert.Equal(FolderId.Root, store.ParentOf(new FolderId(2)));
        store.Forget(new FolderId(2));
        Assert.Null(store.Read(new FolderId(2)));
        Assert.Single(_log.Text.Split('\n'), l => l.Contains("memory", StringComparison.Ordinal));
        Assert.False(File.Exists(IndexPath + ".damaged"));
    }

    [Fact]
    public void A_disk_too_full_for_any_index_leads_to_memory()
    {
        MountSmallDisk();
        File.WriteAllBytes(Path.Combine(Disk, "filler"), new byte[(1 << 20) - 8192]);
        using var store = Open();
        store.Put(Listing(1), TimeSpan.Zero);
        Assert.Equal(100, store.Read(new FolderId(1))!.Files.Count);
        Assert.True(store.InMemory);
    }

    [Fact]
    public void A_disk_that_became_read_only_leads_to_memory_and_the_file_stays_as_it_was()
    {
        MountSmallDisk();
        using (var before = Open())
            before.Put(Listing(1), TimeSpan.Zero);
        var bytes = File.ReadAllBytes(IndexPath);
        Assert.True(Run("mount", "-o", "remount,ro", Disk));
        using (var store = Open())
        {
            store.Put(Listing(2), TimeSpan.Zero);
            Assert.Equal(100, store.Read(new FolderId(2))!.Files.Count);
            Assert.True(store.InMemory);
        }

        Assert.Equal(bytes, File.ReadAllBytes(IndexPath));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.1)]
    [InlineData(0.001)]
    public void A_file_that_was_cut_off_is_built_anew(double left)
    {
        Directory.CreateDirectory(Disk);
        using (var before = Open())
        {
            for (var number = 0; number < 30; number++)
                before.Put(Listing(number), TimeSpan.Zero);
        }

        using (var file = File.OpenWrite(IndexPath))
            file.SetLength((long)(file.Length * left));
        using var store = Open();
        for (var number = 0; number < 30; number++)
        {
            store.Put(Listing(number), TimeSpan.Zero);
            Assert.Equal(100, store.Read(new FolderId(number))!.Files.Count);
        }

        Assert.False(store.InMemory);
        using var other = Open();
        Assert.NotNull(other.StateOf(new FolderId(29)));
    }

    [Fact]
    public async Task Damage_found_by_several_threads_at_once_is_repaired_once()
    {
        Directory.CreateDirectory(Disk);
        using var store = Open();
        using (var raw = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={IndexPath};Pooling=False"))
        {
            raw.Open();
            using var command = raw.CreateCommand();
            command.CommandText = "DROP TABLE file";
            command.ExecuteNonQuery();
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            store.Put(Listing(n), TimeSpan.Zero);
            Assert.Empty(store.FilesNamed(new FolderId(n), "none"));
        })));
        Assert.False(store.InMemory);
        Assert.Single(_log.Text.Split('\n'), l => l.Contains("damaged", StringComparison.Ordinal));
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OneFichier.Drive.Index;

namespace OneFichier.Drive.Tests.Index;

public sealed class SqliteListingStoreTests : ListingStoreSuite, IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly FolderId Docs = new(7);

    private readonly string _folder = Directory.CreateTempSubdirectory("fichier-index-").FullName;
    private readonly List<string> _warnings = [];

    private string IndexPath => Path.Combine(_folder, "state", "index.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override IListingStore Open() => OpenAt(IndexPath);

    private SqliteListingStore OpenAt(string path) => new(path, new SteppedTime(), new ListLogger(_warnings));

    private static FolderSnapshot Listing(params string[] names) => new(
        Docs, Noon, [], [.. names.Select(n => new ListedFile(new RemoteFile { Link = FileLink.FromId("file0" + n), Name = n, StoredName = n, Size = 1 }))]);

    private void Raw(string sql)
    {
        using (Open())
        {
        }

        using var connection = new SqliteConnection($"Data Source={IndexPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public void Two_processes_see_what_either_writes()
    {
        using var one = Open();
        using var two = Open();
        one.Put(Listing("a", "b"), TimeSpan.Zero);
        Assert.Equal(2, two.Read(Docs)!.Files.Count);
        two.Apply([new OwnWrite.FileGone(Docs, Noon, two.FilesNamed(Docs, "a")[0])]);
        Assert.Empty(one.FilesNamed(Docs, "a"));
        one.Put(Listing("a", "b"), TimeSpan.FromSeconds(60));
        Assert.Single(two.Read(Docs)!.Files);
    }

    [Fact]
    public async Task Two_processes_may_write_at_once()
    {
        using var one = Open();
        using var two = Open();
        one.Put(Listing(), TimeSpan.Zero);
        await Task.WhenAll(new[] { one, two }.Select((store, side) => Task.Run(() =>
        {
            for (var n = 0; n < 50; n++)
                store.Apply([new OwnWrite.FileShown(Docs, Noon, Listing($"{side}x{n}").Files[0])]);
        })));
        Assert.Equal(100, one.Read(Docs)!.Files.Count);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void What_was_written_survives_a_process_that_never_closed()
    {
        var abandoned = Open();
        abandoned.Put(Listing("a"), TimeSpan.Zero);
        foreach (var part in Directory.GetFiles(Path.GetDirectoryName(IndexPath)!))
            File.Copy(part, Path.Combine(_folder, Path.GetFileName(part)));
        using var after = OpenAt(Path.Combine(_folder, "index.db"));
        Assert.Equal("a", Assert.Single(after.Read(Docs)!.Files).Name);
        abandoned.Dispose();
    }

    [Fact]
    public void The_file_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var store = Open();
        store.Put(Listing("a"), TimeSpan.Zero);
        var files = Directory.GetFiles(Path.GetDirectoryName(IndexPath)!);
        Assert.Contains(IndexPath, files);
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void An_index_of_the_future_is_refused_with_a_clear_word_and_left_alone()
    {
        Raw("PRAGMA user_version = 99");
        var refusal = Assert.Throws<FichierException>(Open);
        Assert.Contains("newer", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Remedy);
        Assert.False(File.Exists(IndexPath + ".damaged"));
    }

    [Fact]
    public void An_empty_file_from_before_the_first_format_is_filled()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(IndexPath)!);
        File.WriteAllBytes(IndexPath, []);
        using var store = Open();
        store.Put(Listing("a"), TimeSpan.Zero);
        Assert.Single(store.Read(Docs)!.Files);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_file_that_is_no_index_is_moved_aside_and_built_anew()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(IndexPath)!);
        File.WriteAllText(IndexPath, new string('x', 10_000));
        using var store = Open();
        Assert.Null(store.Read(Docs));
        store.Put(Listing("a"), TimeSpan.Zero);
        using var other = Open();
        Assert.Single(other.Read(Docs)!.Files);
        Assert.True(File.Exists(IndexPath + ".damaged"));
        Assert.Contains("damaged", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP TABLE file")]
    [InlineData("UPDATE file SET checksum = x'00'")]
    [InlineData("UPDATE file SET domain = 77")]
    public void Damage_that_shows_only_in_use_is_repaired_in_use(string damage)
    {
        using (var before = Open())
            before.Put(Listing("a"), TimeSpan.Zero);
        Raw(damage);
        using var store = Open();
        Assert.Null(store.Read(Docs));
        store.Put(Listing("a"), TimeSpan.Zero);
        Assert.Single(store.Read(Docs)!.Files);
        Assert.False(((SqliteListingStore)store).InMemory);
    }

    [Fact]
    public void Every_page_scrambled_costs_requests_and_no_failure()
    {
        using (var before = Open())
            before.Put(Listing([.. Enumerable.Range(0, 500).Select(n => $"n{n}")]), TimeSpan.Zero);
        var bytes = File.ReadAllBytes(IndexPath);
        new Random(7).NextBytes(bytes.AsSpan(4096));
        File.WriteAllBytes(IndexPath, bytes);
        using var store = Open();
        store.Put(Listing("a"), TimeSpan.Zero);
        Assert.Single(store.FilesNamed(Docs, "a"));
    }

    [Fact]
    public void Where_no_file_can_be_the_store_goes_on_in_memory_and_says_so_once()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        using var store = OpenAt(Path.Combine(_folder, "file", "index.db"));
        Assert.True(store.InMemory);
        store.Put(Listing("a"), TimeSpan.Zero);
        Assert.Single(store.Read(Docs)!.Files);
        Assert.Contains("memory", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_SQLite_itself_rolls_back_leads_to_memory_with_its_reason_and_leaves_the_file_alone()
    {
        using (var before = Open())
            before.Put(Listing("a"), TimeSpan.Zero);
        Raw("CREATE TRIGGER full BEFORE INSERT ON file BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END");
        using var store = Open();
        store.Put(Listing("a", "b"), TimeSpan.Zero);
        Assert.Equal(2, store.Read(Docs)!.Files.Count);
        Assert.True(((SqliteListingStore)store).InMemory);
        Assert.Contains("the disk is full", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.False(File.Exists(IndexPath + ".damaged"));
        using var other = Open();
        Assert.Single(other.Read(Docs)!.Files);
    }

    [Fact]
    public void A_closed_store_is_closed()
    {
        var store = Open();
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.StateOf(Docs));
    }

    private sealed class ListLogger(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
                lines.Add(formatter(state, exception));
        }
    }
}

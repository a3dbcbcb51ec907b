using Microsoft.Data.Sqlite;
using OneFichier.Drive.Index;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Index;

public sealed class IndexMigrationTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly FolderId Docs = new(7);

    private readonly TempFolder _folder = new();

    private string IndexPath => _folder["index.db"];

    public void Dispose() => _folder.Dispose();

    /// <summary>A file as format 1 was written, with one folder and one file in it.</summary>
    private void MakeFormat1()
    {
        using (new SqliteListingStore(_folder["other.db"]))
        {
        }

        Run($"""
            CREATE TABLE listing(folder INTEGER PRIMARY KEY, listed INTEGER NOT NULL, complete INTEGER NOT NULL, expired INTEGER NOT NULL);
            CREATE TABLE folder(parent INTEGER NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL, stored TEXT, created INTEGER, flags INTEGER NOT NULL, shared_by TEXT,
                PRIMARY KEY(parent, name, id)) WITHOUT ROWID;
            CREATE INDEX folder_by_id ON folder(id);
            CREATE TABLE file(parent INTEGER NOT NULL, name TEXT NOT NULL, link TEXT NOT NULL, domain INTEGER NOT NULL, stored TEXT, size INTEGER NOT NULL, checksum BLOB,
                uploaded INTEGER, mod_time INTEGER, content_type TEXT, flags INTEGER NOT NULL, PRIMARY KEY(parent, name, link)) WITHOUT ROWID;
            CREATE TABLE own_write(parent INTEGER NOT NULL, entry TEXT NOT NULL, at INTEGER NOT NULL, gone INTEGER NOT NULL, doubted INTEGER NOT NULL,
                PRIMARY KEY(parent, entry)) WITHOUT ROWID;
            CREATE TABLE fact(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            INSERT INTO listing VALUES(7, {Noon.UtcTicks}, 1, 0);
            INSERT INTO folder VALUES(7, 'sub', 8, NULL, NULL, 0, NULL);
            INSERT INTO file VALUES(7, 'a', 'aaaaa1', 0, NULL, 12, NULL, {Noon.UtcTicks}, {Noon.UtcTicks + 1}, NULL, 0);
            INSERT INTO fact VALUES('observed_lag', 10000000);
            PRAGMA user_version = 1;
            """);
    }

    private object? Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={IndexPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    [Fact]
    public void An_index_of_format_1_keeps_all_it_held_and_finds_files_by_size()
    {
        MakeFormat1();
        using (var store = new SqliteListingStore(IndexPath))
        {
            Assert.Equal(new ListingState(Noon, Complete: true, Expired: false), store.StateOf(Docs));
            Assert.Equal(new FolderId(8), Assert.Single(store.FoldersNamed(Docs, "sub")).Id);
            Assert.Equal(Noon.AddTicks(1), Assert.Single(store.FilesOfSize(12, 5)).ModTime);
            Assert.Equal(TimeSpan.FromSeconds(1), store.ObservedLag);
            Assert.False(store.InMemory);
        }

        Assert.Equal(2L, Run("PRAGMA user_version"));
        Assert.False(File.Exists(IndexPath + ".damaged"));
    }

    [Fact]
    public async Task Several_processes_may_find_an_old_format_at_once()
    {
        MakeFormat1();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            using var store = new SqliteListingStore(IndexPath);
            Assert.Single(store.FilesOfSize(12, 5));
            Assert.False(store.InMemory);
        })));
        Assert.False(File.Exists(IndexPath + ".damaged"));
    }

    [Fact]
    public void An_old_format_that_cannot_be_brought_up_to_date_is_built_anew()
    {
        MakeFormat1();
        Run("DROP TABLE file");
        using var store = new SqliteListingStore(IndexPath);
        Assert.Null(store.StateOf(Docs));
        Assert.False(store.InMemory);
        Assert.True(File.Exists(IndexPath + ".damaged"));
    }
}

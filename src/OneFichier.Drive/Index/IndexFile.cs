using Microsoft.Data.Sqlite;

namespace OneFichier.Drive.Index;

/// <summary>One connection to the index file; for one thread at a time. Any <see cref="SqliteException"/> is left to the caller.</summary>
internal sealed class IndexFile : IDisposable
{
    // Reads never wait for a writer, and a writer is done in milliseconds; whoever holds the file longer than this is broken.
    private const int BusyMilliseconds = 5000;
    private const int LongestLog = 8 << 20;

    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];
    private readonly Statement _old;
    private IndexWriter? _writer;
    private readonly Statement _state;
    private readonly Statement _foldersNamed;
    private readonly Statement _filesNamed;
    private readonly Statement _filesOfSize;
    private readonly Statement _sizeHeld;
    private readonly Statement _folders;
    private readonly Statement _files;
    private readonly Statement _parent;
    private readonly Statement _fact;
    private readonly Statement _due;
    private readonly Statement _pending;

    public IndexFile(string path, int cacheKiB)
    {
        SystemSqlite.Use();
        Create(path);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusyMilliseconds / 1000 }.ToString());
        try
        {
            _connection.Open();
            IndexSchema.Run(_connection, $"""
                PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = {LongestLog};
                PRAGMA cache_size = -{cacheKiB}; PRAGMA temp_store = MEMORY
                """);
            IndexSchema.Prepare(_connection, path, Write);
            _state = New("SELECT listed, complete, expired FROM listing WHERE folder = ?1", 1);
            _foldersNamed = New($"SELECT {Rows.FolderColumns} FROM folder WHERE parent = ?1 AND name = ?2 ORDER BY id", 2);
            _filesNamed = New($"SELECT {Rows.FileColumns} FROM file WHERE parent = ?1 AND name = ?2", 2);
            _filesOfSize = New($"SELECT {Rows.FileColumns} FROM file WHERE size = ?1 LIMIT ?2", 2);
            _sizeHeld = New("SELECT size FROM file WHERE size = ?1 LIMIT 1", 1);
            _folders = New($"SELECT {Rows.FolderColumns} FROM folder WHERE parent = ?1", 1);
            _files = New($"SELECT {Rows.FileColumns} FROM file WHERE parent = ?1", 1);
            _parent = New("SELECT parent FROM folder WHERE id = ?1", 1);
            _fact = New("SELECT value FROM fact WHERE name = ?1", 1);
            _pending = New("SELECT entry, at, gone, doubted FROM own_write WHERE parent = ?1", 1);
            _due = New(
                """
                WITH RECURSIVE below(id) AS (VALUES(CAST(?1 AS INTEGER)) UNION SELECT f.id FROM below JOIN folder f ON f.parent = below.id)
                SELECT id, count(*) OVER () FROM below LEFT JOIN listing ON listing.folder = below.id
                WHERE listed IS NULL OR listed < ?2 OR expired ORDER BY listed, id LIMIT ?3
                """, 3);
            _old = New("SELECT 1 FROM own_write WHERE at < ?1 LIMIT 1", 1);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Makes a change, whole or not at all.</summary>
    public void Write(Action<IndexWriter> change) => Write(() => change(_writer ??= new IndexWriter(New, this)));

    /// <summary>Brings the log into the file and begins it anew, if those who read are done with it soon.</summary>
    public void ShortenLog() =>
        IndexSchema.Run(_connection, $"PRAGMA busy_timeout = {BusyMilliseconds / 10}; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = {BusyMilliseconds}");

    public bool HasWritesBefore(DateTimeOffset instant) => _old.Read(_ => true, instant.UtcTicks).Count > 0;

    public ListingState? StateOf(FolderId folder) =>
        _state.Read(r => new ListingState(At(r.GetInt64(0)), r.GetInt64(1) != 0, r.GetInt64(2) != 0), folder.Value).FirstOrDefault();

    public List<RemoteFolder> FoldersNamed(FolderId parent, string name) => _foldersNamed.Read(Rows.Folder, parent.Value, Rows.Key(name));

    public List<ListedFile> FilesNamed(FolderId parent, string name) =>
        [.. ListedFile.NewestFirst(_filesNamed.Read(Rows.File, parent.Value, Rows.Key(name)))];

    public List<ListedFile> FilesOfSize(long size, int most) => _filesOfSize.Read(Rows.File, size, most);

    public HashSet<long> SizesHeld(IReadOnlyCollection<long> sizes)
    {
        var held = new HashSet<long>();
        Within("BEGIN", () => held.UnionWith(sizes.Where(size => _sizeHeld.Read(r => r.GetInt64(0), size).Count > 0)));
        return held;
    }

    public List<RemoteFolder> Folders(FolderId parent) => _folders.Read(Rows.Folder, parent.Value);

    public List<ListedFile> Files(FolderId parent) => _files.Read(Rows.File, parent.Value);

    public List<PendingWrite> Pending(FolderId folder) =>
        _pending.Read(r => new PendingWrite(r.GetString(0), At(r.GetInt64(1)), r.GetInt64(2) != 0, new TimeSpan(r.GetInt64(3))), folder.Value);

    /// <summary>All rows of a folder, whether or not it was ever listed.</summary>
    public (FolderContent Content, ListingState? State)? All(FolderId folder)
    {
        (FolderContent, ListingState?) all = default;
        Within("BEGIN", () => all = (new FolderContent(Folders(folder), Files(folder), Pending(folder)), StateOf(folder)));
        return all;
    }

    public FolderSnapshot? Read(FolderId folder)
    {
        var snapshot = default(FolderSnapshot);
        Within("BEGIN", () => snapshot = StateOf(folder) is { } state
            ? new FolderSnapshot(folder, state.ListedAt, Folders(folder), Files(folder), state.Complete)
            : null);
        return snapshot;
    }

    public FolderId? ParentOf(FolderId folder) => _parent.Read(r => (FolderId?)new FolderId(r.GetInt64(0)), folder.Value).FirstOrDefault();

    public DueFolders Due(FolderId start, DateTimeOffset listedBefore, int most)
    {
        var rows = _due.Read(r => (Folder: new FolderId(r.GetInt64(0)), Total: (int)r.GetInt64(1)), start.Value, listedBefore.UtcTicks, most);
        return new DueFolders([.. rows.Select(r => r.Folder)], rows is [var (_, total), ..] ? total : 0);
    }

    public TimeSpan Fact(string name) =>
        new(_fact.Read(r => r.GetInt64(0), name).FirstOrDefault());

    public void Dispose()
    {
        _statements.ForEach(s => s.Dispose());
        _connection.Dispose();
    }

    public static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private void Write(Action work) => Within("BEGIN IMMEDIATE", work);

    /// <summary>SQLite may have rolled back by itself, as on a full disk; the class of the driver would then hide the reason behind a failure to roll back again.</summary>
    private void Within(string begin, Action work)
    {
        IndexSchema.Run(_connection, begin);
        try
        {
            work();
            IndexSchema.Run(_connection, "COMMIT");
        }
        catch
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                IndexSchema.Run(_connection, "ROLLBACK");
            throw;
        }
    }

    private Statement New(string sql, int parameters)
    {
        var statement = new Statement(_connection, sql, parameters);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Makes the file before SQLite does, so that it is for the owner alone from its first moment.</summary>
    private static void Create(string path)
    {
        PrivateFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(path))
            return;
        try
        {
            PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker.
        }
    }
}

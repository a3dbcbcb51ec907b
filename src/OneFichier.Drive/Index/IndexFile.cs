using Microsoft.Data.Sqlite;

namespace OneFichier.Drive.Index;

/// <summary>One connection to the index file; for one thread at a time. Any <see cref="SqliteException"/> is left to the caller.</summary>
internal sealed class IndexFile : IDisposable
{
    // Reads never wait for a writer, and a writer is done in milliseconds; whoever holds the file longer than this is broken.
    private const int BusyMilliseconds = 5000;

    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];
    private readonly Statement _state;
    private readonly Statement _foldersNamed;
    private readonly Statement _filesNamed;
    private readonly Statement _folders;
    private readonly Statement _files;
    private readonly Statement _parent;
    private readonly Statement _fact;

    public IndexFile(string path)
    {
        SystemSqlite.Use();
        Create(path);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusyMilliseconds / 1000 }.ToString());
        try
        {
            _connection.Open();
            IndexSchema.Run(_connection, $"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY");
            IndexSchema.Prepare(_connection, path);
            _state = New("SELECT listed, complete, expired FROM listing WHERE folder = ?1", 1);
            _foldersNamed = New($"SELECT {Rows.FolderColumns} FROM folder WHERE parent = ?1 AND name = ?2 ORDER BY id", 2);
            _filesNamed = New($"SELECT {Rows.FileColumns} FROM file WHERE parent = ?1 AND name = ?2", 2);
            _folders = New($"SELECT {Rows.FolderColumns} FROM folder WHERE parent = ?1", 1);
            _files = New($"SELECT {Rows.FileColumns} FROM file WHERE parent = ?1", 1);
            _parent = New("SELECT parent FROM folder WHERE id = ?1", 1);
            _fact = New("SELECT value FROM fact WHERE name = ?1", 1);
            Writer = new IndexWriter(_connection, New, this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IndexWriter Writer { get; }

    public ListingState? StateOf(FolderId folder, SqliteTransaction? within = null) =>
        _state.Read(r => new ListingState(At(r.GetInt64(0)), r.GetInt64(1) != 0, r.GetInt64(2) != 0), within, folder.Value).FirstOrDefault();

    public List<RemoteFolder> FoldersNamed(FolderId parent, string name) => _foldersNamed.Read(Rows.Folder, null, parent.Value, Rows.Key(name));

    public List<ListedFile> FilesNamed(FolderId parent, string name) =>
        [.. ListedFile.NewestFirst(_filesNamed.Read(Rows.File, null, parent.Value, Rows.Key(name)))];

    public List<RemoteFolder> Folders(FolderId parent, SqliteTransaction within) => _folders.Read(Rows.Folder, within, parent.Value);

    public List<ListedFile> Files(FolderId parent, SqliteTransaction within) => _files.Read(Rows.File, within, parent.Value);

    public FolderSnapshot? Read(FolderId folder)
    {
        using var transaction = _connection.BeginTransaction(deferred: true);
        return StateOf(folder, transaction) is { } state
            ? new FolderSnapshot(folder, state.ListedAt, Folders(folder, transaction), Files(folder, transaction), state.Complete)
            : null;
    }

    public FolderId? ParentOf(FolderId folder) => _parent.Read(r => (FolderId?)new FolderId(r.GetInt64(0)), null, folder.Value).FirstOrDefault();

    public TimeSpan Fact(string name, SqliteTransaction? within = null) =>
        new(_fact.Read(r => r.GetInt64(0), within, name).FirstOrDefault());

    public void Dispose()
    {
        _statements.ForEach(s => s.Dispose());
        _connection.Dispose();
    }

    public static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

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

using Microsoft.Data.Sqlite;
using OneFichier.Drive;

namespace OneFichier.Bench;

/// <summary>The same work done by single prepared statements on Microsoft.Data.Sqlite, with nothing around them.</summary>
internal sealed class RawIndex : IDisposable
{
    private const string Columns = "name, link, domain, stored, size, checksum, uploaded, mod_time, content_type, flags";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _select;

    public RawIndex(string path, bool create = false)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA busy_timeout = 5000");
        if (create)
        {
            Run("""
                CREATE TABLE file(parent INTEGER NOT NULL, name TEXT NOT NULL, link TEXT NOT NULL, domain INTEGER NOT NULL, stored TEXT, size INTEGER NOT NULL, checksum BLOB,
                    uploaded INTEGER, mod_time INTEGER, content_type TEXT, flags INTEGER NOT NULL, PRIMARY KEY(parent, name, link)) WITHOUT ROWID;
                CREATE INDEX file_by_size ON file(size);
                """);
        }

        _select = Command($"SELECT {Columns} FROM file WHERE parent = ?1 AND name = ?2", 2);
    }

    public void Insert(FolderSnapshot snapshot)
    {
        using var transaction = _connection.BeginTransaction();
        using var insert = Command($"INSERT INTO file(parent, {Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", 11);
        insert.Transaction = transaction;
        foreach (var file in snapshot.Files)
        {
            object[] values = [snapshot.Folder.Value, file.Name, file.Link.Id, 0L, DBNull.Value, file.Size, file.Checksum!.Value.ToArray(), file.Uploaded!.Value.UtcTicks, DBNull.Value, file.ContentType!, 0L];
            for (var i = 0; i < values.Length; i++)
                insert.Parameters[i].Value = values[i];
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public int Find(long folder, string name)
    {
        (_select.Parameters[0].Value, _select.Parameters[1].Value) = (folder, name);
        using var reader = _select.ExecuteReader();
        var values = new object[10];
        var found = 0;
        while (reader.Read())
            found += reader.GetValues(values) / values.Length;
        return found;
    }

    public void Dispose()
    {
        _select.Dispose();
        _connection.Dispose();
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var n = 1; n <= parameters; n++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"?{n}" });
        command.Prepare();
        return command;
    }
}

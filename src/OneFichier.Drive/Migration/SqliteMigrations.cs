using System.Data.Common;
using Microsoft.Data.Sqlite;
using OneFichier.Drive.Index;

namespace OneFichier.Drive.Migration;

/// <summary>Migrations in a file of this machine, for its owner alone: addresses in it may open what they lead to.</summary>
public static class SqliteMigrations
{
    private const int BusySeconds = 30;

    /// <summary>Opens a store, made where it is missing.</summary>
    /// <param name="path">Where it is, usually <c>migrations.db</c> in the state folder of the account.</param>
    public static IMigrationStore Open(string path)
    {
        SystemSqlite.Use();
        PrivateFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (!File.Exists(path))
            Create(path);

        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = BusySeconds }.ToString();
        using (var connection = new SqliteConnection(text))
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL");
            Run(connection, SqlSchema.Create);
        }

        return new SqlMigrationStore((changes, work, token) => WithinAsync(text, changes, work, token), () =>
        {
            using var connection = new SqliteConnection(text);
            SqliteConnection.ClearPool(connection);
            return ValueTask.CompletedTask;
        });
    }

    private static async Task WithinAsync(string text, bool changes, Func<DbConnection, Task> work, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(text);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: !changes);
        await work(connection);
        await transaction.CommitAsync(cancellationToken);
    }

    private static void Create(string path)
    {
        try
        {
            PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker.
        }
    }

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

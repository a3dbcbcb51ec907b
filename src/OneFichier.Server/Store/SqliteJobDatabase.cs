using System.Data.Common;
using Microsoft.Data.Sqlite;
using OneFichier.Drive.Index;
using Quartz;

namespace OneFichier.Server.Store;

/// <summary>Jobs in a file, for one machine.</summary>
public sealed class SqliteJobDatabase : JobDatabase
{
    private const int BusySeconds = 30;

    private readonly string _connection;
    private readonly string _path;
    private bool _isMade;

    /// <summary>A file; made on first use, readable by its owner only.</summary>
    public SqliteJobDatabase(string path)
    {
        SystemSqlite.Use();
        _path = Path.GetFullPath(path);
        _connection = new SqliteConnectionStringBuilder { DataSource = _path, DefaultTimeout = BusySeconds, Pooling = true }.ConnectionString;
    }

    /// <inheritdoc/>
    public override bool IsShared => false;

    /// <inheritdoc/>
    public override async Task<T> InTransactionAsync<T>(Func<DbConnection, DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        Make();
        await using var connection = new SqliteConnection(_connection);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(connection, transaction, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    /// <inheritdoc/>
    public override Task ProvideAsync(string table, string statements, CancellationToken cancellationToken) => InTransactionAsync(
        async (connection, transaction, cancel) =>
        {
            await using var make = connection.CreateCommand();
            (make.Transaction, make.CommandText) = (transaction, statements);
            return await make.ExecuteNonQueryAsync(cancel);
        },
        cancellationToken);

    /// <inheritdoc/>
    public override IDisposable Hold()
    {
        Make();
        try
        {
            return PrivateFile.Open(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException e)
        {
            throw new JobsHeldException(e);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    internal override void Configure(IPersistentStoreBuilder store)
    {
        Make();
        store.UseSqlite(SqliteFactory.Instance, _connection);
    }

    private void Make()
    {
        if (_isMade)
            return;

        PrivateFile.MakeFolder(Path.GetDirectoryName(_path)!);
        PrivateFile.Open(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode = WAL";
        pragma.ExecuteNonQuery();
        _isMade = true;
    }
}

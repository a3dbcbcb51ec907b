using System.Data.Common;
using Npgsql;
using Quartz;

namespace OneFichier.Server.Store;

/// <summary>Jobs in the database of a cluster.</summary>
public sealed class ClusterJobDatabase(ClusterAddress address, TimeProvider? time = null) : JobDatabase
{
    private readonly ClusterDatabase _database = new(address, time);

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override Task<T> InTransactionAsync<T>(Func<DbConnection, DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        _database.InTransactionAsync((connection, transaction, cancel) => work(connection, transaction, cancel), cancellationToken);

    /// <inheritdoc/>
    public override Task ProvideAsync(string table, string statements, CancellationToken cancellationToken) => _database.ProvideAsync(table, statements, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _database.DisposeAsync();

    internal override void Configure(IPersistentStoreBuilder store)
    {
        store.UsePostgres(NpgsqlFactory.Instance, address.ConnectionString);
        store.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)));
    }
}

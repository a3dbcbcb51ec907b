using OneFichier.Drive.Migration;
using OneFichier.Server.Store;

namespace OneFichier.Server.Migration;

/// <summary>Migrations in the database of a cluster, where all nodes find them.</summary>
public static class PostgresMigrations
{
    /// <summary>Opens the store; its tables are made where they are missing.</summary>
    public static async Task<IMigrationStore> OpenAsync(ClusterAddress address, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var database = new ClusterDatabase(address, time);
        await database.ProvideAsync("migration_item", SqlSchema.Create, cancellationToken);
        return new SqlMigrationStore(
            (_, work, token) => database.InTransactionAsync(
                async (connection, _, _) =>
                {
                    await work(connection);
                    return true;
                },
                token),
            database.DisposeAsync);
    }
}

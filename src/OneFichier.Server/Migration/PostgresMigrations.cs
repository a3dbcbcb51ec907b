using OneFichier.Drive.Migration;
using OneFichier.Server.Store;

namespace OneFichier.Server.Migration;

/// <summary>Migrations in the database of a cluster, where all nodes find them.</summary>
public static class PostgresMigrations
{
    /// <summary>Opens the store; its tables are made where they are missing.</summary>
    /// <param name="address">The cluster's database.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long a database that does not answer is waited for; default <see cref="ClusterDatabase.DefaultPatience"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FichierException">The database cannot be used.</exception>
    public static async Task<IMigrationStore> OpenAsync(ClusterAddress address, TimeProvider time, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        var database = new ClusterDatabase(address, time) { Patience = patience ?? ClusterDatabase.DefaultPatience };
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

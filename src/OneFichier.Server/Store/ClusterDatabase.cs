using System.Net.Sockets;
using Npgsql;

namespace OneFichier.Server.Store;

/// <summary>The database the nodes of a cluster share: opened, provided with tables, and patient while it restarts.</summary>
public sealed class ClusterDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>How long work waits for a database that does not answer before it is given up.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private const string IdleForTooLong = "25P03";
    private const long SchemaLock = 0x66696368_00000001;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly ClusterAddress _address;
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;

    /// <summary>A database; nothing is asked of it yet.</summary>
    public ClusterDatabase(ClusterAddress address, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        (_address, _time) = (address, time ?? TimeProvider.System);
        _source = NpgsqlDataSource.Create(address.ConnectionString);
    }

    /// <summary>How long work waits for a database that does not answer; default <see cref="DefaultPatience"/>.</summary>
    public TimeSpan Patience { get; init; } = DefaultPatience;

    /// <summary>Runs work in a transaction of its own, and again when the connection broke or the database was restarting.</summary>
    /// <param name="work">MUST have no effect but in the transaction, which is committed when it returns. It may have happened although it is run again: the word of the commit can be lost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ClusterUnavailableException">The database did not answer for <see cref="Patience"/>.</exception>
    /// <exception cref="FichierException">The database refuses us.</exception>
    public async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var begun = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var result = await work(connection, transaction, cancellationToken);
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception e) when (IsPassing(e))
            {
                if (_time.GetElapsedTime(begun) >= Patience)
                    throw Unreachable(e);
            }
            catch (NpgsqlException e)
            {
                throw Refusal(e);
            }

            await Task.Delay(s_pause, _time, cancellationToken);
        }
    }

    /// <summary>Makes what is missing, one node at a time.</summary>
    /// <param name="table">A table that is there when nothing is missing.</param>
    /// <param name="statements">What makes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<bool> ProvideAsync(string table, string statements, CancellationToken cancellationToken) => InTransactionAsync(
        async (connection, transaction, cancel) =>
        {
            await using var seen = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection, transaction) { Parameters = { new() { Value = table } } };
            if (await seen.ExecuteScalarAsync(cancel) is true)
                return false;

            await using var make = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({SchemaLock}); {statements}", connection, transaction);
            await make.ExecuteNonQueryAsync(cancel);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static bool IsPassing(Exception e) => e is NpgsqlException { IsTransient: true } or IOException or SocketException or TimeoutException
        or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleForTooLong }
        || e is NpgsqlException { InnerException: IOException or SocketException or TimeoutException };

    private ClusterUnavailableException Unreachable(Exception e) => new($"The cluster's database ({_address}) does not answer: {e.Message}", e)
    {
        Remedy = "Without it nobody knows how much of the request budget the other nodes have spent, so nothing is asked of the service. Start it, or leave the cluster.",
    };

    private FichierException Refusal(NpgsqlException e) => new($"The cluster's database ({_address}) refuses: {(e as PostgresException)?.MessageText ?? e.Message}", e)
    {
        Remedy = "Check the address in FICHIER_CLUSTER or --cluster-file, and that its user may make tables in that database.",
    };
}

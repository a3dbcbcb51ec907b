using Npgsql;

namespace OneFichier.Server.Cluster;

/// <summary>The row of an account, as one transaction has it to itself.</summary>
internal sealed class LedgerRow(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    // A node that stands still with the row in its hands must not stop the others; a database that crashes may forget the last second, as a file does.
    private static readonly string[] s_manners = ["SET LOCAL idle_in_transaction_session_timeout TO 5000", "SET LOCAL synchronous_commit TO off"];

    /// <summary>Locks and reads the row, made where there is none. The time is read when the lock is held.</summary>
    public async Task<FoundRow> LockAsync(string account, CancellationToken cancellationToken)
    {
        if (await ReadAsync(account, cancellationToken) is { } found)
            return found;

        await using var make = new NpgsqlCommand(
            "INSERT INTO fichier_budget (account, version, elapsed, calendar, book) VALUES ($1, 0, 0, clock_timestamp(), '{}') ON CONFLICT DO NOTHING", connection, transaction)
        {
            Parameters = { new() { Value = account } },
        };
        await make.ExecuteNonQueryAsync(cancellationToken);
        return await ReadAsync(account, cancellationToken) ?? throw new InvalidOperationException("The row of the budget vanished.");
    }

    public async Task WriteAsync(string account, ClockReading now, string book, CancellationToken cancellationToken)
    {
        await using var write = new NpgsqlCommand("UPDATE fichier_budget SET version = $2, elapsed = $3, calendar = $4, book = $5::json WHERE account = $1", connection, transaction)
        {
            Parameters =
            {
                new() { Value = account },
                new() { Value = PostgresLedger.Version },
                new() { Value = now.Elapsed.Ticks },
                new() { Value = now.Calendar.UtcDateTime },
                new() { Value = book },
            },
        };
        await write.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<FoundRow?> ReadAsync(string account, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(s_manners[0]),
                new(s_manners[1]),
                new("SELECT version, elapsed, calendar, book FROM fichier_budget WHERE account = $1 FOR UPDATE") { Parameters = { new() { Value = account } } },
                new("SELECT clock_timestamp()"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;

        var found = new FoundRow(reader.GetInt32(0), new(new(reader.GetInt64(1)), Calendar(reader, 2)), reader.GetString(3), default);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return found with { Calendar = Calendar(reader, 0) };
    }

    private static DateTimeOffset Calendar(NpgsqlDataReader reader, int column) => new(reader.GetDateTime(column), TimeSpan.Zero);
}

/// <summary>What stood in the row. Version 0: it was made just now, by this transaction or another.</summary>
internal sealed record FoundRow(int Version, ClockReading Written, string Book, DateTimeOffset Calendar);

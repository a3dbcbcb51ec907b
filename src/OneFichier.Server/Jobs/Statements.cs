using System.Data.Common;
using System.Text.Json;

namespace OneFichier.Server.Jobs;

/// <summary>Statements of one transaction, in the SQL that SQLite and PostgreSQL share.</summary>
internal sealed class Statements(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
{
    private const string RunColumns = "SELECT id, job, due, state, started, ended, node, attempt, exit_code, figures, log FROM fichier_runs ";

    public static long? Ticks(DateTimeOffset? time) => time?.UtcTicks;

    public static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    public static string? Json(RunFigures? figures) => figures is null ? null : JsonSerializer.Serialize(figures, JobJson.Default.RunFigures);

    public async Task<int> RunAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));

        return rows;
    }

    public async Task<long> CountAsync(string from, params (string Name, object? Value)[] values) => (await ReadAsync("SELECT count(*) " + from, r => r.GetInt64(0), values))[0];

    public async Task<JobDefinition?> DefinitionAsync(string job) =>
        (await ReadAsync("SELECT definition FROM fichier_jobs WHERE name = @job", r => JobDefinition.FromJson(r.GetString(0)), ("@job", job))).SingleOrDefault();

    public Task<List<RunRecord>> RunsAsync(string where, params (string Name, object? Value)[] values) => ReadAsync(RunColumns + where, Run, values);

    public async Task<RunRecord?> RunAsync(string id) => (await RunsAsync("WHERE id = @id", ("@id", id))).SingleOrDefault();

    private static RunRecord Run(DbDataReader row) => new(row.GetString(0), row.GetString(1), Enum.Parse<RunState>(row.GetString(3), ignoreCase: true))
    {
        Due = Time(row, 2),
        Started = Time(row, 4),
        Ended = Time(row, 5),
        Node = row.IsDBNull(6) ? null : row.GetString(6),
        Attempt = row.GetInt32(7),
        ExitCode = row.IsDBNull(8) ? null : row.GetInt32(8),
        Figures = row.IsDBNull(9) ? null : JsonSerializer.Deserialize(row.GetString(9), JobJson.Default.RunFigures),
        Log = row.GetString(10),
    };

    private DbCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

using System.Data;
using System.Data.Common;
using System.Text;

namespace OneFichier.Drive.Migration;

/// <summary>A value of a statement, with its type, so that a missing one has a type too.</summary>
internal readonly record struct SqlValue(object? Value, DbType Type)
{
    public static implicit operator SqlValue(string? text) => new(text, DbType.String);

    public static implicit operator SqlValue(long number) => new(number, DbType.Int64);

    public static implicit operator SqlValue(long? number) => new(number, DbType.Int64);
}

/// <summary>Statements that SQLite and PostgreSQL both understand; parameters are @p0, @p1 and so on.</summary>
internal static class SqlValues
{
    /// <summary>Rows in one statement; a database far away is asked once for all of them.</summary>
    private const int RowsAtOnce = 100;

    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<SqlValue> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
            Add(command, value);

        return command;
    }

    public static async Task<int> RunAsync(this DbConnection connection, string sql, SqlValue[] values, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<T>> ReadAsync<T>(this DbConnection connection, string sql, SqlValue[] values, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(row(reader));

        return rows;
    }

    /// <summary>Runs a statement on many rows: <c>{rows}</c> in it stands for them, as in VALUES {rows}.</summary>
    public static Task ManyAsync<T>(this DbConnection connection, string sql, IEnumerable<T> rows, Func<T, SqlValue[]> values, CancellationToken cancellationToken) =>
        connection.ManyAsync(sql, rows, values, null, cancellationToken);

    /// <summary>As the other, with one more value of a name of its own.</summary>
    public static async Task ManyAsync<T>(
        this DbConnection connection, string sql, IEnumerable<T> rows, Func<T, SqlValue[]> values, (string Name, SqlValue Value)? shared, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(RowsAtOnce))
        {
            await using var command = connection.CreateCommand();
            var text = new StringBuilder();
            foreach (var row in chunk)
            {
                text.Append(text.Length == 0 ? "(" : ",(");
                var first = true;
                foreach (var value in values(row))
                {
                    text.Append(first ? "" : ",").Append(Add(command, value));
                    first = false;
                }

                text.Append(')');
            }

            if (shared is { } one)
                command.Parameters[Number(command, one.Value)].ParameterName = one.Name;

            command.CommandText = sql.Replace("{rows}", text.ToString(), StringComparison.Ordinal);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? Number(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static int Number(DbCommand command, SqlValue value)
    {
        Add(command, value);
        return command.Parameters.Count - 1;
    }

    private static string Add(DbCommand command, SqlValue value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{command.Parameters.Count}";
        parameter.DbType = value.Type;
        parameter.Value = value.Value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}

using Microsoft.Data.Sqlite;

namespace OneFichier.Drive.Index;

/// <summary>A statement prepared once and run often; parameters are ?1, ?2 and so on.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var n = 1; n <= parameters; n++)
            _command.Parameters.Add(new SqliteParameter($"?{n}", SqliteType.Text) { Value = DBNull.Value });
        _command.Prepare();
    }

    /// <returns>How many rows were changed.</returns>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <exception cref="InvalidDataException">A value is none that was written here.</exception>
    public List<T> Read<T>(Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(Decode(reader, row));
        return rows;
    }

    public void Dispose() => _command.Dispose();

    private static T Decode<T>(SqliteDataReader reader, Func<SqliteDataReader, T> row)
    {
        try
        {
            return row(reader);
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("A row of the index cannot be read.", e);
        }
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var n = 0; n < values.Length; n++)
        {
            var parameter = _command.Parameters[n];
            parameter.ResetSqliteType();
            parameter.Value = values[n] ?? DBNull.Value;
        }
    }
}

using Microsoft.Data.Sqlite;

namespace OneFichier.Drive.Index;

/// <summary>Opens a small SQLite file of one table, made for its owner alone and shared by processes.</summary>
internal static class OwnedFile
{
    private const int BusyMilliseconds = 5000;

    /// <exception cref="FichierException">A newer program wrote it.</exception>
    public static SqliteConnection Open(string path, int version, string schema, string whatItHolds)
    {
        SystemSqlite.Use();
        Create(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusyMilliseconds / 1000 }.ToString());
        try
        {
            connection.Open();
            connection.Run($"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
            Prepare(connection, (path, version, schema, whatItHolds));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Prepare(SqliteConnection connection, (string Path, int Version, string Schema, string What) file)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), null);
        if (version > file.Version)
        {
            throw new FichierException($"The {file.What} {file.Path} were written by a newer fichier (format {version}; this one knows {file.Version}).")
            {
                Remedy = "Update this fichier, or remove the file.",
            };
        }

        if (version < file.Version)
            connection.Run($"BEGIN IMMEDIATE; {file.Schema}; PRAGMA user_version = {file.Version}; COMMIT");
    }

    /// <summary>Makes the file before SQLite does, so that it is for the owner alone from its first moment.</summary>
    private static void Create(string path)
    {
        PrivateFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            if (!File.Exists(path))
                PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker.
        }
    }
}

using Microsoft.Data.Sqlite;

namespace OneFichier.Drive.Index;

/// <summary>The tables of the index, and the way to them from any older format. The page docs/spec/index.md explains them.</summary>
internal static class IndexSchema
{
    /// <summary>The step at n leads from format n to n + 1; a new file has format 0.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE listing(folder INTEGER PRIMARY KEY, listed INTEGER NOT NULL, complete INTEGER NOT NULL, expired INTEGER NOT NULL);
        CREATE TABLE folder(
            parent INTEGER NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL, stored TEXT, created INTEGER, flags INTEGER NOT NULL, shared_by TEXT,
            PRIMARY KEY(parent, name, id)) WITHOUT ROWID;
        CREATE INDEX folder_by_id ON folder(id);
        CREATE TABLE file(
            parent INTEGER NOT NULL, name TEXT NOT NULL, link TEXT NOT NULL, domain INTEGER NOT NULL, stored TEXT, size INTEGER NOT NULL, checksum BLOB,
            uploaded INTEGER, mod_time INTEGER, content_type TEXT, flags INTEGER NOT NULL,
            PRIMARY KEY(parent, name, link)) WITHOUT ROWID;
        CREATE TABLE own_write(
            parent INTEGER NOT NULL, entry TEXT NOT NULL, at INTEGER NOT NULL, gone INTEGER NOT NULL, doubted INTEGER NOT NULL,
            PRIMARY KEY(parent, entry)) WITHOUT ROWID;
        CREATE TABLE fact(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """,
        "CREATE INDEX IF NOT EXISTS file_by_size ON file(size)",
    ];

    /// <summary>The format this program writes.</summary>
    public static int Version => Steps.Length;

    /// <exception cref="FichierException">The file has a format of the future.</exception>
    public static void Prepare(SqliteConnection connection, string path, Action<Action> write)
    {
        if (VersionOf(connection) < Version)
            write(() => Migrate(connection));
        if (VersionOf(connection) > Version)
        {
            throw new FichierException($"The index {path} was written by a newer fichier (format {VersionOf(connection)}; this one knows {Version}).")
            {
                Remedy = "Update this fichier, or remove the file: it is built anew from listings.",
            };
        }
    }

    private static void Migrate(SqliteConnection connection)
    {
        for (var version = VersionOf(connection); version < Version; version++)
            Run(connection, Steps[version]);
        Run(connection, $"PRAGMA user_version = {Math.Max(VersionOf(connection), Version)}");
    }

    private static int VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), null);
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

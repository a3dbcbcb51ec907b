namespace OneFichier.Drive.Migration;

/// <summary>The tables of a store of migrations, in words that SQLite and PostgreSQL share. The page docs/spec/migration.md explains them.</summary>
public static class SqlSchema
{
    /// <summary>The format this program writes.</summary>
    public const int Version = 1;

    /// <summary>Makes the tables where they are missing.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS migration(
            name TEXT PRIMARY KEY, format BIGINT NOT NULL, target TEXT NOT NULL, created BIGINT NOT NULL, ready BIGINT NOT NULL, new_folders BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS migration_source(migration TEXT NOT NULL, number BIGINT NOT NULL, place TEXT NOT NULL, PRIMARY KEY(migration, number));
        CREATE TABLE IF NOT EXISTS migration_slice(
            migration TEXT NOT NULL, number BIGINT NOT NULL, folder TEXT NOT NULL, way BIGINT NOT NULL, items BIGINT NOT NULL, bytes BIGINT NOT NULL, requests BIGINT NOT NULL, attempts BIGINT NOT NULL,
            PRIMARY KEY(migration, number));
        CREATE TABLE IF NOT EXISTS migration_item(
            migration TEXT NOT NULL, number BIGINT NOT NULL, source BIGINT NOT NULL, origin TEXT NOT NULL, folder TEXT NOT NULL, name TEXT NOT NULL,
            size BIGINT, checksum TEXT, other_sum TEXT, mod_time BIGINT, link TEXT, link_name TEXT, way BIGINT NOT NULL, reason TEXT, slice BIGINT NOT NULL, state BIGINT NOT NULL,
            request BIGINT, stored TEXT, stored_size BIGINT, stored_checksum TEXT, proof BIGINT NOT NULL, problem TEXT, done BIGINT,
            PRIMARY KEY(migration, number));
        CREATE INDEX IF NOT EXISTS migration_item_by_slice ON migration_item(migration, slice, state);
        CREATE INDEX IF NOT EXISTS migration_item_by_folder ON migration_item(migration, folder, number);
        """;
}

using System.Data.Common;
using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Migration;

/// <summary>Migrations in a database that has the tables of <see cref="SqlSchema"/>.</summary>
/// <param name="within">
/// Does work in a transaction of its own, which is committed when it returns; the first argument says whether it changes anything. Work may be done again when the word of the commit was lost.
/// </param>
/// <param name="close">What is to be done at the end.</param>
public sealed class SqlMigrationStore(Func<bool, Func<DbConnection, Task>, CancellationToken, Task> within, Func<ValueTask> close) : IMigrationStore
{
    private const int Page = 1000;
    private const string Heads = "SELECT name, format, target, created, ready, new_folders FROM migration";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MigrationHead>> ListAsync(CancellationToken cancellationToken = default)
    {
        var heads = await ReadAsync(Heads + " ORDER BY name", [], Head, cancellationToken);
        var sources = (await ReadAsync("SELECT migration, place FROM migration_source ORDER BY migration, number", [], r => (r.GetString(0), r.GetString(1)), cancellationToken)).ToLookup(s => s.Item1, s => s.Item2);
        return [.. heads.Select(h => h with { Sources = [.. sources[h.Name]] })];
    }

    /// <inheritdoc/>
    public Task BeginAsync(MigrationHead head, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(head);
        return WriteAsync(async connection =>
        {
            await RemoveAsync(connection, head.Name, cancellationToken);
            await connection.RunAsync(
                "INSERT INTO migration(name, format, target, created, ready, new_folders) VALUES(@p0, @p1, @p2, @p3, 0, 0)",
                [head.Name, SqlSchema.Version, head.Target, head.Created.UtcTicks], cancellationToken);
            await connection.ManyAsync(
                "INSERT INTO migration_source(migration, number, place) VALUES {rows}", head.Sources.Index(), s => [head.Name, s.Index, s.Item], cancellationToken);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddAsync(string name, IReadOnlyList<MigrationItem> items, CancellationToken cancellationToken = default) =>
        WriteAsync(connection => connection.ManyAsync(
            $"INSERT INTO migration_item(migration, {ItemRows.Columns}) VALUES {{rows}}", items, i => ItemRows.Of(name, i), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task DecideAsync(string name, IReadOnlyList<MigrationSlice> slices, IReadOnlyList<MigrationItem> items, CancellationToken cancellationToken = default) =>
        WriteAsync(async connection =>
        {
            await connection.ManyAsync(
                "INSERT INTO migration_slice(migration, number, folder, way, items, bytes, requests, attempts) VALUES {rows}",
                slices, s => [name, s.Number, PathText.Write(s.Folder), (long)s.Way, s.Items, s.Bytes, s.Requests, 0L], cancellationToken);
            await ChangeAsync(connection, name, items, cancellationToken);
        }, cancellationToken);

    /// <inheritdoc/>
    public Task ReadyAsync(string name, int newFolders, CancellationToken cancellationToken = default) =>
        WriteAsync(connection => connection.RunAsync("UPDATE migration SET ready = 1, new_folders = @p1 WHERE name = @p0", [name, newFolders], cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task BeginRunAsync(string name, CancellationToken cancellationToken = default) =>
        WriteAsync(async connection =>
        {
            await connection.RunAsync("UPDATE migration SET ready = 3 WHERE name = @p0 AND ready = 1", [name], cancellationToken);
            await ReopenAsync(connection, name, 0, cancellationToken);
        }, cancellationToken);

    /// <inheritdoc/>
    public Task PreparedAsync(string name, CancellationToken cancellationToken = default) =>
        WriteAsync(connection => connection.RunAsync("UPDATE migration SET ready = 2 WHERE name = @p0", [name], cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VolumePath>> FoldersAsync(string name, CancellationToken cancellationToken = default)
    {
        return await ReadAsync("SELECT DISTINCT folder FROM migration_item WHERE migration = @p0 ORDER BY folder", [name], r => PathText.Read(r.GetString(0)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MigrationItem>> FolderAsync(string name, VolumePath folder, CancellationToken cancellationToken = default)
    {
        return await ReadAsync(
            $"SELECT {ItemRows.Columns} FROM migration_item WHERE migration = @p0 AND folder = @p1 ORDER BY number", [name, PathText.Write(folder)], ItemRows.Read, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MigrationSlice>> SlicesAsync(string name, bool openOnly, CancellationToken cancellationToken = default)
    {
        var some = openOnly ? "AND EXISTS(SELECT 1 FROM migration_item i WHERE i.migration = s.migration AND i.slice = s.number AND i.state = 0)" : "";
        return await ReadAsync(
            $"SELECT number, folder, way, items, bytes, attempts, requests FROM migration_slice s WHERE migration = @p0 {some} ORDER BY number", [name],
            r => new MigrationSlice(r.GetInt64(0), PathText.Read(r.GetString(1)), (MigrationWay)r.GetInt64(2)) { Items = (int)r.GetInt64(3), Bytes = r.GetInt64(4), Attempts = (int)r.GetInt64(5), Requests = (int)r.GetInt64(6) },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<MigrationItem> Items, int Before)> TakeAsync(string name, long slice, CancellationToken cancellationToken = default)
    {
        (IReadOnlyList<MigrationItem>, int) taken = ([], 0);
        await WriteAsync(async connection =>
        {
            await connection.RunAsync("UPDATE migration_slice SET attempts = attempts + 1 WHERE migration = @p0 AND number = @p1", [name, slice], cancellationToken);
            var begun = await connection.ReadAsync("SELECT attempts FROM migration_slice WHERE migration = @p0 AND number = @p1", [name, slice], r => (int)r.GetInt64(0), cancellationToken);
            var items = await connection.ReadAsync(
                $"SELECT {ItemRows.Columns} FROM migration_item WHERE migration = @p0 AND slice = @p1 ORDER BY number", [name, slice], ItemRows.Read, cancellationToken);
            taken = (items, begun is [var n] ? n - 1 : 0);
        }, cancellationToken);
        return taken;
    }

    /// <inheritdoc/>
    public Task RecordAsync(string name, IReadOnlyList<MigrationItem> items, CancellationToken cancellationToken = default) =>
        items.Count == 0 ? Task.CompletedTask : WriteAsync(connection => ChangeAsync(connection, name, items, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<int> ReopenAsync(string name, long? slice = null, CancellationToken cancellationToken = default)
    {
        var opened = 0;
        await WriteAsync(async connection => opened = await ReopenAsync(connection, name, slice ?? 0, cancellationToken), cancellationToken);
        return opened;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MigrationCount>> CountAsync(string name, CancellationToken cancellationToken = default)
    {
        return await ReadAsync(
            "SELECT way, state, proof, COUNT(*), CAST(COALESCE(SUM(COALESCE(stored_size, size)), 0) AS BIGINT) FROM migration_item WHERE migration = @p0 GROUP BY way, state, proof ORDER BY way, state, proof",
            [name], r => new MigrationCount((MigrationWay)r.GetInt64(0), (MigrationState)r.GetInt64(1), (MigrationProof)r.GetInt64(2), (int)r.GetInt64(3), r.GetInt64(4)), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MigrationItem> ItemsAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (long after = -1; ;)
        {
            var page = await ReadAsync(
                $"SELECT {ItemRows.Columns} FROM migration_item WHERE migration = @p0 AND number > @p1 ORDER BY number LIMIT {Page}", [name, after], ItemRows.Read, cancellationToken);

            foreach (var item in page)
                yield return item;

            if (page.Count < Page)
                yield break;

            after = page[^1].Number;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        var removed = false;
        await WriteAsync(async connection => removed = await RemoveAsync(connection, name, cancellationToken), cancellationToken);
        return removed;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => close();

    private static Task<int> ReopenAsync(DbConnection connection, string name, long slice, CancellationToken cancellationToken) => connection.RunAsync(
        "UPDATE migration_item SET state = 0, problem = NULL, done = NULL WHERE migration = @p0 AND state IN (3, 5) AND slice > 0 AND (@p1 = 0 OR slice = @p1)", [name, slice], cancellationToken);

    private static async Task<bool> RemoveAsync(DbConnection connection, string name, CancellationToken cancellationToken)
    {
        foreach (var table in (string[])["migration_item", "migration_slice", "migration_source"])
            await connection.RunAsync($"DELETE FROM {table} WHERE migration = @p0", [name], cancellationToken);

        return await connection.RunAsync("DELETE FROM migration WHERE name = @p0", [name], cancellationToken) > 0;
    }

    private static Task ChangeAsync(DbConnection connection, string name, IReadOnlyList<MigrationItem> items, CancellationToken cancellationToken) =>
        connection.ManyAsync(ItemRows.Change, items, ItemRows.Changed, ("@name", name), cancellationToken);

    private static MigrationHead Head(DbDataReader row) => row.GetInt64(1) <= SqlSchema.Version
        ? new MigrationHead(row.GetString(0), row.GetString(2), [], new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero)) { Ready = row.GetInt64(4) != 0, Begun = row.GetInt64(4) >= 2, Prepared = row.GetInt64(4) == 2, NewFolders = (int)row.GetInt64(5) }
        : throw new FichierException($"The migration '{row.GetString(0)}' was written by a newer fichier (format {row.GetInt64(1)}; this one knows {SqlSchema.Version}).") { Remedy = "Update this fichier." };

    private Task WriteAsync(Func<DbConnection, Task> work, CancellationToken cancellationToken) => within(true, work, cancellationToken);

    private async Task<List<T>> ReadAsync<T>(string sql, SqlValue[] values, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        await within(false, async connection => rows = await connection.ReadAsync(sql, values, row, cancellationToken), cancellationToken);
        return rows;
    }
}

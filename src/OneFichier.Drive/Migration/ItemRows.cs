using System.Data.Common;
using OneFichier.Names;

namespace OneFichier.Drive.Migration;

/// <summary>Between files of a migration and rows.</summary>
internal static class ItemRows
{
    public const string Columns =
        "number, source, origin, folder, name, size, checksum, other_sum, mod_time, link, way, reason, slice, state, request, stored, stored_size, stored_checksum, proof, problem, done, link_name";

    public static SqlValue[] Of(string migration, MigrationItem item) =>
    [
        migration, item.Number, (long)item.Source, item.Origin, PathText.Write(item.Target.Parent), ServiceName.Encode(item.Target.Name), item.Size, item.Checksum?.ToString(), item.OtherSum,
        item.ModTime?.UtcTicks, item.Link?.Url, (long)item.Way, item.Reason, item.Slice, (long)item.State, item.Request, item.Stored?.Url, item.StoredSize, item.StoredChecksum?.ToString(),
        (long)item.Proof, item.Error, item.Done?.UtcTicks, Encoded(item.LinkName),
    ];

    /// <summary>What changes of a file after it was added, with its number first.</summary>
    public static SqlValue[] Changed(MigrationItem item) =>
    [
        item.Number, item.Size, item.Checksum?.ToString(), item.Link?.Url, (long)item.Way, item.Reason, item.Slice, (long)item.State, item.Request, item.Stored?.Url, item.StoredSize,
        item.StoredChecksum?.ToString(), (long)item.Proof, item.Error, item.Done?.UtcTicks, Encoded(item.LinkName),
    ];

    /// <summary>Writes those over the rows that are there.</summary>
    public const string Change = """
        WITH fresh(n, size, checksum, link, way, reason, slice, state, request, stored, stored_size, stored_checksum, proof, problem, done, link_name) AS (VALUES {rows})
        UPDATE migration_item SET size = fresh.size, checksum = fresh.checksum, link = fresh.link, way = fresh.way, reason = fresh.reason, slice = fresh.slice, state = fresh.state,
            request = fresh.request, stored = fresh.stored, stored_size = fresh.stored_size, stored_checksum = fresh.stored_checksum, proof = fresh.proof, problem = fresh.problem, done = fresh.done, link_name = fresh.link_name
        FROM fresh WHERE migration_item.migration = @name AND migration_item.number = fresh.n
        """;

    public static MigrationItem Read(DbDataReader row) => new(row.GetInt64(0), (int)row.GetInt64(1), row.GetString(2), PathText.Read(row.GetString(3)).Combine(ServiceName.Decode(row.GetString(4))))
    {
        Size = row.Number(5),
        Checksum = Sum(row, 6),
        OtherSum = row.Text(7),
        ModTime = At(row, 8),
        Link = Link(row, 9),
        Way = (MigrationWay)row.GetInt64(10),
        Reason = row.Text(11),
        Slice = row.GetInt64(12),
        State = (MigrationState)row.GetInt64(13),
        Request = row.Number(14),
        Stored = Link(row, 15),
        StoredSize = row.Number(16),
        StoredChecksum = Sum(row, 17),
        Proof = (MigrationProof)row.GetInt64(18),
        Error = row.Text(19),
        Done = At(row, 20),
        LinkName = row.Text(21) is { } name ? ServiceName.Decode(name) : null,
    };

    public static DateTimeOffset? At(DbDataReader row, int column) => row.Number(column) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static string? Encoded(string? name) => name is null ? null : ServiceName.Encode(name);

    private static WhirlpoolHash? Sum(DbDataReader row, int column) => row.Text(column) is { } digits ? WhirlpoolHash.Parse(digits) : null;

    private static FileLink? Link(DbDataReader row, int column) => row.Text(column) is { } url ? FileLink.Parse(url) : null;
}

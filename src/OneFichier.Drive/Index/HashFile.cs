using Microsoft.Data.Sqlite;

namespace OneFichier.Drive.Index;

/// <summary>One connection to the file of checksums; for one thread at a time. Any <see cref="SqliteException"/> is left to the caller.</summary>
internal sealed class HashFile : IDisposable
{
    private const int Version = 1;
    private const int DaysKept = 365;

    // A row used daily would otherwise be written daily.
    private const int DaysBetweenMarks = 30;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS hash(
            path TEXT PRIMARY KEY, size INTEGER NOT NULL, mod_time INTEGER NOT NULL, inode TEXT NOT NULL, checksum BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS hash_by_use ON hash(used)
        """;

    private readonly SqliteConnection _connection;
    private readonly Statement? _find;
    private readonly Statement? _put;
    private readonly Statement? _mark;

    public HashFile(string path, DateTimeOffset now)
    {
        _connection = OwnedFile.Open(path, Version, Schema, "checksums");
        try
        {
            _connection.Run($"DELETE FROM hash WHERE used < {Day(now) - DaysKept}");
            _find = new Statement(_connection, "SELECT checksum, used FROM hash WHERE path = ?1 AND size = ?2 AND mod_time = ?3 AND inode = ?4", 4);
            _put = new Statement(_connection, "INSERT OR REPLACE INTO hash(path, size, mod_time, inode, checksum, used) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", 6);
            _mark = new Statement(_connection, "UPDATE hash SET used = ?2 WHERE path = ?1", 2);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public WhirlpoolHash? Find(HashedFile file, DateTimeOffset now)
    {
        var rows = _find!.Read(r => (Hash: WhirlpoolHash.FromBytes((byte[])r.GetValue(0)), Used: r.GetInt64(1)), file.Path, file.Size, file.ModTicks, file.Inode ?? "");
        if (rows.Count == 0)
            return null;
        if (rows[0].Used < Day(now) - DaysBetweenMarks)
            _mark!.Run(file.Path, Day(now));
        return rows[0].Hash;
    }

    public void Put(HashedFile file, WhirlpoolHash checksum, DateTimeOffset now) =>
        _put!.Run(file.Path, file.Size, file.ModTicks, file.Inode ?? "", checksum.ToArray(), Day(now));

    public void Dispose()
    {
        _find?.Dispose();
        _put?.Dispose();
        _mark?.Dispose();
        _connection.Dispose();
    }

    private static long Day(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerDay;
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Index;

/// <summary>What to do with an index that cannot be read: keep it aside for who wants to know why, and start anew.</summary>
internal static class DamagedIndex
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;
    private const int SqlError = 1;
    private const int Mismatch = 20;

    /// <summary>Whether this says that the file is not what it should be. A table that is missing counts: no version of ours left it so.</summary>
    public static bool IsDamage(Exception e) =>
        e is SqliteException { SqliteErrorCode: Corrupt or NotADatabase or Mismatch }
        || (e is SqliteException { SqliteErrorCode: SqlError } && e.Message.Contains("no such", StringComparison.Ordinal))
        || e is InvalidDataException;

    /// <summary>Whether this says that a file cannot be used here and now, whatever is in it.</summary>
    public static bool IsHindrance(Exception e) => e is SqliteException or IOException or InvalidDataException or UnauthorizedAccessException or DllNotFoundException;

    public static void MoveAside(string path, ILogger? logger)
    {
        logger?.LogWarning("The index {Path} is damaged; it is kept as {Path}.damaged, and a new one is built from listings.", path, path);
        File.Move(path, path + ".damaged", overwrite: true);
        foreach (var part in (string[])["-wal", "-shm"])
            File.Delete(path + part);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Server.Backup;

/// <summary>The last runs of a backup set (docs/spec/backup-sets.md).</summary>
/// <param name="folder">The folder of the set's state.</param>
public sealed class BackupHistory(string folder)
{
    private const int Version = 1;

    private string FilePath => Path.Combine(folder, "history.json");

    /// <summary>What is known; where the file is missing, damaged or of a newer version, nothing.</summary>
    public BackupRuns Read()
    {
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(FilePath), HistoryJson.Default.HistoryDocument);
            return document is { Version: Version } ? new BackupRuns(document.LastRun, document.LastGood) : new BackupRuns(null, null);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return new BackupRuns(null, null);
        }
    }

    /// <summary>Writes a run down. One that left nothing out is the last good one from now on.</summary>
    public Task AddAsync(BackupRunRecord run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var document = new HistoryDocument(Version, run, run.ExitCode == 0 ? run : Read().LastGood);
        return PrivateFile.ReplaceAsync(FilePath, JsonSerializer.SerializeToUtf8Bytes(document, HistoryJson.Default.HistoryDocument), cancellationToken);
    }
}

/// <summary>The last runs of a set.</summary>
/// <param name="Last">The last one, however it ended.</param>
/// <param name="LastGood">The last one that left nothing out.</param>
public sealed record BackupRuns(BackupRunRecord? Last, BackupRunRecord? LastGood);

/// <summary>A run.</summary>
/// <param name="Ended">When it ended.</param>
/// <param name="ExitCode">How.</param>
/// <param name="Snapshot">The snapshot it made.</param>
/// <param name="Sent">Bytes that were sent.</param>
/// <param name="Requests">Requests to the service.</param>
public sealed record BackupRunRecord(DateTimeOffset Ended, int ExitCode, string? Snapshot, long Sent, long Requests);

internal sealed record HistoryDocument(int Version, BackupRunRecord? LastRun, BackupRunRecord? LastGood);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HistoryDocument))]
internal sealed partial class HistoryJson : JsonSerializerContext;

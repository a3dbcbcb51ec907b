using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Server.Backup;

/// <summary>Turns what restic says with <c>--json</c> into events. What it does not know is passed over, since each release of restic says more.</summary>
public static class ResticMessages
{
    /// <summary>The event of a line; <see langword="null"/> when it says nothing of use.</summary>
    public static BackupEvent? Read(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Parsed(line, ResticJson.Default.ResticMessage) switch
        {
            { MessageType: "status" } m => new BackupProgress(m.FilesDone + m.FilesRestored, m.TotalFiles, m.BytesDone + m.BytesRestored, m.TotalBytes),
            { MessageType: "error", Error: { } error } m => new BackupItemFailed(m.Item ?? error.Path ?? "", ReasonOf(error)),
            { MessageType: "summary" } m => new BackupSummary
            {
                Snapshot = m.SnapshotId is { Length: > 0 } id ? id : null,
                FilesAdded = m.FilesAdded,
                FilesChanged = m.FilesChanged,
                FilesUnmodified = m.FilesUnmodified,
                Files = m.TotalFilesProcessed + m.FilesRestored,
                Bytes = m.TotalBytesProcessed + m.BytesRestored,
                BytesAdded = m.DataAdded,
            },
            _ => null,
        };
    }

    /// <summary>The answer to <c>restic snapshots --json</c>, oldest first.</summary>
    /// <exception cref="FichierProtocolException">It is none.</exception>
    public static IReadOnlyList<Snapshot> ReadSnapshots(string json)
    {
        var rows = Parsed(json, ResticJson.Default.ResticSnapshotArray) ?? throw new FichierProtocolException("restic's list of snapshots cannot be read.");
        return [.. rows.Where(r => r.Id.Length > 0).Select(r => r.ToSnapshot()).OrderBy(s => s.Time)];
    }

    /// <summary>The snapshots that <c>restic forget --json</c> lets go of; none when the line says something else.</summary>
    public static IReadOnlyList<Snapshot> ReadForgotten(string line) =>
        [.. (Parsed(line, ResticJson.Default.ResticForgetGroupArray) ?? []).SelectMany(g => g.Remove ?? []).Select(r => r.ToSnapshot())];

    /// <summary>The file of a line of <c>restic ls --json</c>; <see langword="null"/> when it is about something else.</summary>
    public static SnapshotFile? ReadFile(string line) =>
        Parsed(line, ResticJson.Default.ResticNode) is { StructType: "node" or null, Type: "file", Path: { Length: > 0 } path } node ? new SnapshotFile(path, node.Size, node.Mtime) : null;

    private static T? Parsed<T>(string text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ReasonOf(ResticError error) => error.Message is { Length: > 0 } text ? text
        : error.Err.ValueKind == JsonValueKind.Number && error.Err.TryGetInt32(out var number) ? Marshal.GetPInvokeErrorMessage(number)
        : error.Err.ValueKind == JsonValueKind.String ? error.Err.GetString()!
        : "it could not be read";
}

internal sealed record ResticMessage
{
    public string? MessageType { get; init; }
    public long TotalFiles { get; init; }
    public long FilesDone { get; init; }
    public long TotalBytes { get; init; }
    public long BytesDone { get; init; }
    public long FilesRestored { get; init; }
    public long BytesRestored { get; init; }
    public ResticError? Error { get; init; }
    public string? Item { get; init; }

    [JsonPropertyName("files_new")]
    public long FilesAdded { get; init; }

    public long FilesChanged { get; init; }
    public long FilesUnmodified { get; init; }
    public long DataAdded { get; init; }
    public long TotalFilesProcessed { get; init; }
    public long TotalBytesProcessed { get; init; }
    public string? SnapshotId { get; init; }
}

/// <summary>An error as Go writes it down, or as a message.</summary>
internal sealed record ResticError
{
    public string? Message { get; init; }

    [JsonPropertyName("Path")]
    public string? Path { get; init; }

    [JsonPropertyName("Err")]
    public JsonElement Err { get; init; }
}

internal sealed record ResticSnapshot
{
    public string Id { get; init; } = "";
    public DateTimeOffset Time { get; init; }
    public string? Hostname { get; init; }
    public string[]? Paths { get; init; }
    public string[]? Tags { get; init; }

    public Snapshot ToSnapshot() => new(Id, Time, Hostname ?? "", Paths ?? [], Tags ?? []);
}

internal sealed record ResticForgetGroup(ResticSnapshot[]? Remove);

internal sealed record ResticNode
{
    public string? StructType { get; init; }
    public string? Type { get; init; }
    public string? Path { get; init; }
    public long Size { get; init; }
    public DateTimeOffset Mtime { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResticMessage))]
[JsonSerializable(typeof(ResticSnapshot[]))]
[JsonSerializable(typeof(ResticForgetGroup[]))]
[JsonSerializable(typeof(ResticNode))]
internal sealed partial class ResticJson : JsonSerializerContext;

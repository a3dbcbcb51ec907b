using System.Text.Json.Serialization;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>An entry as <c>rclone lsjson</c> writes it; its members have rclone's names.</summary>
internal sealed record RcloneShape(string Path, string Name, long Size, string MimeType, DateTimeOffset? ModTime, bool IsDir)
{
    public IReadOnlyDictionary<string, string>? Hashes { get; init; }

    [JsonPropertyName("ID")]
    public string? Id { get; init; }

    public static RcloneShape Of(Entry entry, string path) => entry.IsFolder
        ? new RcloneShape(path, entry.Name, -1, "inode/directory", entry.ModTime ?? entry.Created, true) { Id = entry.Id }
        : new RcloneShape(path, entry.Name, entry.Size, entry.ContentType ?? "application/octet-stream", entry.ModTime ?? entry.Created, false)
        {
            Hashes = entry.Checksum is { } hash ? new Dictionary<string, string> { ["whirlpool"] = hash.ToString() } : null,
            Id = entry.Link?.Url ?? entry.Id,
        };
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RcloneShape))]
internal sealed partial class RcloneJson : JsonSerializerContext;

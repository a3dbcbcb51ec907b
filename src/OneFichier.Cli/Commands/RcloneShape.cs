using System.Text.Json.Serialization;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>An entry as <c>rclone lsjson</c> writes it; its members have rclone's names.</summary>
internal sealed record RcloneShape(string Path, string Name, long Size, string MimeType, DateTimeOffset? ModTime, bool IsDir)
{
    public IReadOnlyDictionary<string, string>? Hashes { get; init; }

    [JsonPropertyName("ID")]
    public string? Id { get; init; }

    public static RcloneShape Of(RemoteEntry entry, string path) => entry.IsFolder
        ? new RcloneShape(path, entry.Name, -1, "inode/directory", entry.Folder.Created, true) { Id = entry.Folder.Id.ToString() }
        : new RcloneShape(path, entry.Name, entry.File.Size, entry.File.ContentType ?? "application/octet-stream", entry.File.ModTime ?? entry.File.Uploaded, false)
        {
            Hashes = entry.File.Checksum is { } hash ? new Dictionary<string, string> { ["whirlpool"] = hash.ToString() } : null,
            Id = entry.File.Link.Url,
        };
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RcloneShape))]
internal sealed partial class RcloneJson : JsonSerializerContext;

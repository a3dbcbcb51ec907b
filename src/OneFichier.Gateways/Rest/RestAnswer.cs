using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Gateways.Rest;

/// <summary>What a call answers; each fills in what it has, under the service's own names where it has one (1fichier-api §3).</summary>
internal sealed record RestAnswer
{
    [JsonIgnore]
    public int HttpStatus { get; init; } = 200;

    public string Status { get; init; } = "OK";

    public string? Message { get; init; }

    public string? User { get; init; }

    public bool? MayChange { get; init; }

    public long? ColdStorage { get; init; }

    public long? AvailableColdStorage { get; init; }

    public string? Url { get; init; }

    /// <summary>Whether <see cref="Url"/> is of the service, and asks for no token.</summary>
    public bool? Direct { get; init; }

    public string? Expires { get; init; }

    public string? FolderId { get; init; }

    public string? Name { get; init; }

    public string? Path { get; init; }

    public int? Count { get; init; }

    public int? Removed { get; init; }

    public int? Renamed { get; init; }

    public int? Moved { get; init; }

    public int? Copied { get; init; }

    public long? Id { get; init; }

    public IReadOnlyList<RestFolder>? SubFolders { get; init; }

    public IReadOnlyList<RestFile>? Items { get; init; }

    public IReadOnlyList<RestFile>? Links { get; init; }

    public IReadOnlyList<RestChange>? Urls { get; init; }

    public IReadOnlyList<RestFailure>? Failed { get; init; }

    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>A folder, as told.</summary>
internal sealed record RestFolder(string? Id, string Name, string Path, string? CreateDate);

/// <summary>A file, as told.</summary>
internal sealed record RestFile(string Filename, string Path, long Size, string Url)
{
    public string? Id { get; init; }

    public string? Date { get; init; }

    [JsonPropertyName("content-type")]
    public string? ContentType { get; init; }

    public string? Whirlpool { get; init; }
}

/// <summary>A file or folder that was moved, renamed, copied or removed.</summary>
internal sealed record RestChange(string Path, string? NewPath, string? Url);

/// <summary>Something that was not done, and why.</summary>
internal sealed record RestFailure(string Path, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RestAnswer))]
internal sealed partial class RestShapes : JsonSerializerContext;

/// <summary>How answers are written.</summary>
internal static class RestJson
{
    private static readonly RestShapes Shapes = new(new JsonSerializerOptions(RestShapes.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Names are written as they are, not as escapes.</summary>
    public static byte[] Write(RestAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, Shapes.RestAnswer);
}

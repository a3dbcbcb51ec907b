using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OneFichier.Drive;

namespace OneFichier.Gateways.Http;

/// <summary>A folder for programs.</summary>
internal static class JsonListing
{
    private static readonly ListingShapes Shapes = new(new JsonSerializerOptions(ListingShapes.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Of(VolumePath folder, FolderContents contents, Func<Entry, string> urlOf) => JsonSerializer.Serialize(
        new ListedFolder("/" + folder, contents.AsOf, ListingNote.Of(contents) is null)
        {
            Notes = [.. ListingNote.Of(contents) is { } doubt ? [doubt] : Array.Empty<string>(), .. contents.Notes],
            Entries = [.. contents.Addressable().Select(e => Of(e, urlOf))],
        },
        Shapes.ListedFolder);

    private static ListedEntry Of(Entry entry, Func<Entry, string> urlOf) => new(entry.Name, entry.IsFolder ? "folder" : "file")
    {
        Size = entry.IsFolder ? null : entry.Size,
        Modified = entry.ModTime ?? entry.Created,
        ContentType = entry.IsFolder ? null : MediaTypes.Of(entry),
        Whirlpool = entry.Checksum?.ToString(),
        Id = StableId.Of(entry),
        Url = entry.IsFolder ? null : urlOf(entry),
    };
}

/// <summary>A folder, as told.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="AsOf">When it was looked at; absent for now.</param>
/// <param name="Complete">Whether nothing is missing or old.</param>
internal sealed record ListedFolder(string Path, DateTimeOffset? AsOf, bool Complete)
{
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<ListedEntry> Entries { get; init; } = [];
}

/// <summary>An entry, as told.</summary>
internal sealed record ListedEntry(string Name, string Type)
{
    public long? Size { get; init; }

    public DateTimeOffset? Modified { get; init; }

    public string? ContentType { get; init; }

    public string? Whirlpool { get; init; }

    public string? Id { get; init; }

    /// <summary>The address that stays.</summary>
    public string? Url { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListedFolder))]
internal sealed partial class ListingShapes : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Drive.Journal;

/// <summary>The first line of a journal: what is about to be sent (docs/spec/upload-journal.md).</summary>
internal sealed record JournalHead(int Version, DateTimeOffset Begun, string Host, string Id, long Folder, IReadOnlyList<JournalledFile> Files);

/// <summary>A file of a session.</summary>
/// <param name="Name">Its name as the service stores it.</param>
/// <param name="Size">Bytes as they are sent.</param>
internal sealed record JournalledFile(string Name, long Size)
{
    public string? Checksum { get; init; }

    public DateTimeOffset? ModTime { get; init; }

    /// <summary>The links of the files to be removed once this one is proven.</summary>
    public IReadOnlyList<string>? Replaces { get; init; }
}

/// <summary>A further line: how far the session came.</summary>
internal sealed record JournalStep
{
    /// <summary>The checksums of what was read.</summary>
    public IReadOnlyList<string>? Read { get; init; }

    public JournalTicket? Ticket { get; init; }

    public IReadOnlyList<JournalFate>? Settled { get; init; }
}

internal sealed record JournalTicket(string Host, string Id);

/// <summary>What became of a file. Without a link it may be stored all the same.</summary>
/// <param name="File">Its number in the session.</param>
/// <param name="Link">Where it is stored and proven.</param>
internal sealed record JournalFate(int File, string? Link);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalHead))]
[JsonSerializable(typeof(JournalStep))]
internal sealed partial class JournalJson : JsonSerializerContext;

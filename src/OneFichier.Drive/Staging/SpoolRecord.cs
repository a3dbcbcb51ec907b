using System.Text.Json.Serialization;

namespace OneFichier.Drive.Staging;

/// <summary>One change of the overlay, as it is written down (docs/spec/spool.md). What each means is in <see cref="Overlay.Apply"/>.</summary>
internal sealed record SpoolRecord
{
    public const string Name = "name";
    public const string File = "file";
    public const string Place = "place";
    public const string Forget = "forget";
    public const string Move = "move";
    public const string Intent = "intent";
    public const string Session = "session";

    public required string Op { get; init; }

    public string? Path { get; init; }

    public string? To { get; init; }

    public long? Id { get; init; }

    public Kinds Gone { get; init; }

    public bool Folder { get; init; }

    public bool Tried { get; init; }

    public bool Covers { get; init; }

    public long? After { get; init; }

    /// <summary>Of a move: what is removed inside stays where it is.</summary>
    public bool Split { get; init; }

    public long Length { get; init; }

    public long? ModTime { get; init; }

    public long? Created { get; init; }

    public long[]? Holes { get; init; }

    /// <summary>What tells the stored file that fills the holes from another.</summary>
    public string? Base { get; init; }

    public long BaseSize { get; init; }

    public string? Checksum { get; init; }

    /// <summary>Of a file: the state counts only while the machine has not been started anew, since the bytes may not be on the disk.</summary>
    public bool Soft { get; init; }

    /// <summary>Of a session: which start of the machine it belongs to. Of an intent: what tells the folder that moves from another.</summary>
    public string? Mark { get; init; }
}

/// <summary>What is in a place.</summary>
[Flags]
internal enum Kinds
{
    None = 0,
    File = 1,
    Folder = 2,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SpoolRecord[]))]
internal sealed partial class SpoolJson : JsonSerializerContext;

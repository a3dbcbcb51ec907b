using System.Text.Json.Serialization;

namespace OneFichier.Sandbox.Storage;

/// <summary>One change: a row that is so from now on, or one that is gone.</summary>
internal sealed record JournalLine
{
    public FileRow? File { get; init; }

    public FolderRow? Folder { get; init; }

    public AccountRow? Account { get; init; }

    public string? FileGone { get; init; }

    public long? FolderGone { get; init; }
}

/// <summary>A file: its content is named by checksum, or by seed when it is generated.</summary>
internal sealed record FileRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required long Size { get; init; }

    public string? Checksum { get; init; }

    public ulong? ContentSeed { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required long FolderId { get; init; }

    public string? Owner { get; init; }

    public string? RemovalCode { get; init; }

    public FileAttributesRow? Attributes { get; init; }
}

internal sealed record FolderRow
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required long ParentId { get; init; }

    public required string Owner { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string? ShareId { get; init; }

    public string? SharePassword { get; init; }

    public IReadOnlyList<GroupShare> Shares { get; init; } = [];
}

internal sealed record AccountRow
{
    public required string Email { get; init; }

    public required SandboxOffer Offer { get; init; }

    public required long Quota { get; init; }

    public bool Locked { get; init; }

    public bool UploadForbidden { get; init; }

    public required Dictionary<string, bool> Keys { get; init; }

    public required Dictionary<string, long> Settings { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJson : JsonSerializerContext;

using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

/// <summary>A file of the service. Its link id is its identity.</summary>
internal sealed class StoredFile
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required Content Content { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required StoredFolder Folder { get; set; }

    /// <summary>The code of the removal page, for files of guests.</summary>
    public string? RemovalCode { get; init; }

    /// <summary>When listings begin to show it.</summary>
    public DateTimeOffset VisibleFrom { get; set; }

    /// <summary>What chattr sets; null when never set.</summary>
    public FileAttributesRow? Attributes { get; set; }

    public AccountState? Owner => Folder.Owner;

    public string Link => Links.ForFile(Id, Attributes?.Domain ?? 0);

    public string Checksum => Convert.ToHexStringLower(Content.Checksum);
}

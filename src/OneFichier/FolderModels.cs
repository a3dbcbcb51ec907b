namespace OneFichier;

/// <summary>A folder as its parent shows it.</summary>
public record RemoteFolder
{
    /// <summary>Its number.</summary>
    public required FolderId Id { get; init; }

    /// <summary>Its name, decoded.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as the service stores it.</summary>
    public required string StoredName { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Whether its public address asks for a password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>The member who shares it with this account, for a shared folder.</summary>
    public string? SharedBy { get; init; }

    /// <summary>For a folder shared with this account: whether it may be written.</summary>
    public bool? Writable { get; init; }
}

/// <summary>What <c>folder/ls</c> tells of a folder and what is in it.</summary>
public sealed record FolderListing : RemoteFolder
{
    /// <summary>The folders in it.</summary>
    public required IReadOnlyList<RemoteFolder> Folders { get; init; }

    /// <summary>The files in it, duplicates of a name included; <see langword="null"/> when files were not asked for.</summary>
    public IReadOnlyList<RemoteFile>? Files { get; init; }

    /// <summary>Bytes of the files directly in it, when the service told.</summary>
    public long? Size { get; init; }

    /// <summary>Number of files directly in it, when the service told.</summary>
    public long? FileCount { get; init; }

    /// <summary>Its public address, when shared.</summary>
    public ShareLink? PublicLink { get; init; }

    /// <summary>The members it is shared with.</summary>
    public IReadOnlyList<FolderGrant> Grants { get; init; } = [];

    /// <summary>Whether files are missing from <see cref="Files"/>: more were announced than came, or the listing is as long as one can be.</summary>
    public bool MayBeCut => Files is { } files && (files.Count >= FileListing.Limit || FileCount > files.Count);
}

/// <summary>A member a folder is shared with.</summary>
/// <param name="Email">The member's mail address.</param>
/// <param name="Writable">Whether the member may write.</param>
/// <param name="HideLinks">Whether file links are kept from the member; implies read-only.</param>
public sealed record FolderGrant(string Email, bool Writable = false, bool HideLinks = false);

/// <summary>How a folder is to be shared; what stays <see langword="null"/> is left as it is.</summary>
public sealed record FolderSharing
{
    /// <summary>Whether it has a public address.</summary>
    public bool? Public { get; init; }

    /// <summary>The password of the public address, at least six characters; an empty text removes it.</summary>
    public string? Password { get; init; }

    /// <summary>The members it is shared with; an empty list removes all.</summary>
    public IReadOnlyList<FolderGrant>? Grants { get; init; }
}

namespace OneFichier;

/// <summary>A file as a listing shows it.</summary>
public record RemoteFile
{
    /// <summary>The page link, which is the file's identity.</summary>
    public required FileLink Link { get; init; }

    /// <summary>The name, decoded from what the service stores (see <see cref="StoredName"/>).</summary>
    public required string Name { get; init; }

    /// <summary>The name as the service stores it, with reserved characters replaced.</summary>
    public required string StoredName { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Whirlpool of the content; missing in some answers about other people's files.</summary>
    public WhirlpoolHash? Checksum { get; init; }

    /// <summary>When the file was stored; the service keeps no modification time.</summary>
    public DateTimeOffset? Uploaded { get; init; }

    /// <summary>The MIME type the service assumes.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether a password protects it.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Whether its downloads spend CDN credits.</summary>
    public bool UsesCdn { get; init; }

    /// <summary>Whether access is restricted by address, country, account or offer.</summary>
    public bool HasAcl { get; init; }
}

/// <summary>All that <c>file/info</c> tells of one file. For other people's files the folder, path and restrictions are missing.</summary>
public sealed record FileDetails : RemoteFile
{
    /// <summary>The folder it lies in.</summary>
    public FolderId? Folder { get; init; }

    /// <summary>The path of that folder, decoded, without slashes at its ends.</summary>
    public string? FolderPath { get; init; }

    /// <summary>The description its owner gave.</summary>
    public string? Description { get; init; }

    /// <summary>Whether downloads go over plain HTTP.</summary>
    public bool NoSsl { get; init; }

    /// <summary>Whether browsers show it instead of saving it.</summary>
    public bool Inline { get; init; }

    /// <summary>Who may download it; <see langword="null"/> when not restricted or not told.</summary>
    public FileAcl? Acl { get; init; }
}

/// <summary>Restrictions on who may download a file. All empty: none.</summary>
public sealed record FileAcl
{
    /// <summary>Addresses or CIDR ranges.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>ISO 3166 codes of two letters.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Mail addresses of members.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>Only for paying members.</summary>
    public bool PremiumOnly { get; init; }
}

/// <summary>The files of one folder.</summary>
/// <param name="Files">In the order of the service, duplicates of a name included.</param>
public sealed record FileListing(IReadOnlyList<RemoteFile> Files)
{
    /// <summary>The most files one listing holds (1fichier-api §2).</summary>
    public const int Limit = 5000;

    /// <summary>Whether the listing may have been cut; ask again by date windows to complete it.</summary>
    public bool MayBeCut => Files.Count >= Limit;
}

/// <summary>What <c>file/ls</c> can narrow a listing by.</summary>
public sealed record FileListFilter
{
    /// <summary>Only files stored before this instant.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only files stored after this instant.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>The member who shares the folder; needed for the root of a share.</summary>
    public string? SharingUser { get; init; }
}

/// <summary>A file to remove.</summary>
/// <param name="Link">Its page link.</param>
/// <param name="Code">The removal code; only for files that belong to no account.</param>
public sealed record FileRemoval(FileLink Link, string? Code = null);

/// <summary>A file and its new name.</summary>
/// <param name="Link">Its page link.</param>
/// <param name="Name">The new name.</param>
public sealed record FileRename(FileLink Link, string Name);

/// <summary>A file and the link of its copy.</summary>
/// <param name="From">The original.</param>
/// <param name="To">The copy.</param>
public sealed record FileCopy(FileLink From, FileLink To);

/// <summary>Attributes to set; what stays <see langword="null"/> is left as it is.</summary>
public sealed record FileAttributeChanges
{
    /// <summary>The description; an empty text removes it.</summary>
    public string? Description { get; init; }

    /// <summary>The password, at least six characters; an empty text removes it.</summary>
    public string? Password { get; init; }

    /// <summary>Whether downloads go over plain HTTP.</summary>
    public bool? NoSsl { get; init; }

    /// <summary>Whether browsers show the file instead of saving it.</summary>
    public bool? Inline { get; init; }

    /// <summary>Whether downloads spend CDN credits.</summary>
    public bool? UseCdn { get; init; }

    /// <summary>Who may download; an empty one removes all restrictions.</summary>
    public FileAcl? Acl { get; init; }

    /// <summary>A new name; only for a single file.</summary>
    public string? Name { get; init; }
}

/// <summary>The outcome of a virus scan.</summary>
/// <param name="Clean">False: a virus was found, and the service has removed the file.</param>
/// <param name="Message">What the service said, when it said something.</param>
/// <param name="ScannedAt">The date of an earlier scan that answered; results are kept six hours.</param>
public sealed record ScanResult(bool Clean, string? Message, DateTimeOffset? ScannedAt);

/// <summary>What a copy on the service may need.</summary>
public sealed record FileCopyOptions
{
    /// <summary>A name for the copy; for a single file only.</summary>
    public string? Rename { get; init; }

    /// <summary>The password of the original.</summary>
    public string? Password { get; init; }

    /// <summary>The member who shares the destination.</summary>
    public string? SharingUser { get; init; }
}

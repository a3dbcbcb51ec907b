namespace OneFichier;

/// <summary>A file to send.</summary>
/// <param name="Name">The name it gets; encoded on the way out.</param>
/// <param name="Length">Bytes; at least one, since the service refuses empty files (1fichier-api §2).</param>
/// <param name="OpenAsync">Opens the content from its first byte. May be called again when an attempt failed, and MUST then give the same bytes.</param>
public sealed record UploadFile(string Name, long Length, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    /// <summary>Whirlpool of the content where it is known already. Content that turns out to be other is not stored, and the file fails with <see cref="FichierIntegrityException"/>.</summary>
    public WhirlpoolHash? Checksum { get; init; }

    /// <summary>A file on disk, under its own name.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static UploadFile FromDisk(string path, string? name = null)
    {
        var info = new FileInfo(path);
        return new UploadFile(name ?? info.Name, info.Length, _ => new ValueTask<Stream>(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan)));
    }
}

/// <summary>Limits of one upload session (1fichier-api §2).</summary>
public static class UploadLimits
{
    /// <summary>Files in one session.</summary>
    public const int Files = 500;

    /// <summary>Bytes in one session: 500 GB.</summary>
    public const long SessionBytes = 500_000_000_000;

    /// <summary>Bytes of one file of a paying member: 300 GB.</summary>
    public const long FileBytes = 300_000_000_000;

    /// <summary>How long one session may take.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromHours(4);
}

/// <summary>Where the files of a session go, and what is set on them.</summary>
public sealed record UploadSettings
{
    /// <summary>The folder; the service silently takes the root for a number it does not know.</summary>
    public FolderId Folder { get; init; }

    /// <summary>The hosting domain of the links; default the account's.</summary>
    public HostingDomain? Domain { get; init; }

    /// <summary>A password that downloads ask for, at least six characters.</summary>
    public string? DownloadPassword { get; init; }

    /// <summary>Without an account of one's own: the mail address of the member whose incoming folder the files go to.</summary>
    public string? Recipient { get; init; }

    /// <summary>Mail addresses to notify, at most twenty of 250 characters.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>The text of that mail, at most 2,000 characters.</summary>
    public string? Message { get; init; }
}

/// <summary>The node that takes one session, and the session's id; fresh for each session, never to be kept.</summary>
/// <param name="Host">A bare host name, perhaps with a port.</param>
/// <param name="Id">Ten letters and digits.</param>
public sealed record UploadNode(string Host, string Id);

/// <summary>The receipt of an accepted session: with it the report can be asked for, by this process or a later one, for about two hours.</summary>
/// <param name="Host">The node.</param>
/// <param name="ReportId">The <c>xid</c> of the report, usually the session's id.</param>
public sealed record UploadTicket(string Host, string ReportId);

/// <summary>What the node stored.</summary>
/// <param name="Incoming">Whether the files went to a member's incoming folder.</param>
/// <param name="Files">One for each stored file.</param>
public sealed record UploadReport(bool Incoming, IReadOnlyList<UploadedFile> Files);

/// <summary>A stored file.</summary>
/// <param name="Link">Its page link.</param>
/// <param name="Name">Its name, decoded.</param>
/// <param name="Size">Bytes.</param>
public sealed record UploadedFile(FileLink Link, string Name, long Size)
{
    /// <summary>The name as stored.</summary>
    public string StoredName { get; init; } = Name;

    /// <summary>Whirlpool of what was stored; missing when the node reported in a form that has none.</summary>
    public WhirlpoolHash? Checksum { get; init; }

    /// <summary>The address that removes the file; only for files that belong to no account.</summary>
    public string? RemovalUrl { get; init; }
}

namespace OneFichier.Wire;

internal sealed record EmptyRequest;

internal sealed record UrlRequest(string? Url);

internal sealed record TokenRequest
{
    public string? Url { get; init; }

    public bool? Inline { get; init; }

    public bool? Cdn { get; init; }

    public long? RestrictIp { get; init; }

    public bool? Single { get; init; }

    public string? Pass { get; init; }

    public bool? NoSsl { get; init; }

    public long? FolderId { get; init; }

    public string? Filename { get; init; }

    public string? SharingUser { get; init; }
}

internal sealed record FileListRequest(long? FolderId, string? SharingUser, string? SentBefore, string? SentAfter);

internal sealed record FileInfoRequest
{
    public string? Url { get; init; }

    public string? Pass { get; init; }

    public long? FolderId { get; init; }

    public string? Filename { get; init; }

    public string? SharingUser { get; init; }
}

internal sealed record RemoveFilesRequest(IReadOnlyList<RemoveFileItem> Files);

internal sealed record RemoveFileItem(string? Url, string? Code);

internal sealed record MoveFilesRequest(IReadOnlyList<string> Urls, long? DestinationFolderId, string? DestinationUser, string? Rename);

internal sealed record RenameFilesRequest(IReadOnlyList<RenameFileItem> Urls);

internal sealed record RenameFileItem(string? Url, string? Filename);

internal sealed record CopyFilesRequest
{
    public required IReadOnlyList<string> Urls { get; init; }

    public long? FolderId { get; init; }

    public string? Pass { get; init; }

    public string? SharingUser { get; init; }

    public string? Rename { get; init; }
}

internal sealed record AttributesRequest
{
    public required IReadOnlyList<string> Urls { get; init; }

    public string? Filename { get; init; }

    public string? Description { get; init; }

    public string? Pass { get; init; }

    public bool? NoSsl { get; init; }

    public bool? Inline { get; init; }

    public bool? Cdn { get; init; }

    public WireAcl? Acl { get; init; }
}

internal sealed record FolderListRequest(long? FolderId, string? SharingUser, bool? Files);

internal sealed record MakeFolderRequest(string? Name, long? FolderId, string? SharingUser);

internal sealed record ShareFolderRequest
{
    public long? FolderId { get; init; }

    public bool? Share { get; init; }

    public string? Pass { get; init; }

    public IReadOnlyList<ShareGrant>? Shares { get; init; }
}

internal sealed record MoveFolderRequest
{
    public long? FolderId { get; init; }

    public long? DestinationFolderId { get; init; }

    public string? DestinationUser { get; init; }

    public string? Rename { get; init; }
}

internal sealed record RemoveFolderRequest(long? FolderId);

internal sealed record RemoteUploadRequest(IReadOnlyList<string> Urls, long? FolderId, IReadOnlyDictionary<string, string>? Headers);

internal sealed record RemoteUploadInfoRequest(long? Id);

internal sealed record VoucherRequest(string? Voucher, string? UserEmail);

internal sealed record FtpUserRequest(string? User, string? Pass, long? FolderId);

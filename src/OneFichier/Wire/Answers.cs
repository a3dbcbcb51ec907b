using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Wire;

internal abstract record Answer
{
    public string? Status { get; init; }

    public string? Message { get; init; }
}

internal sealed record PlainAnswer : Answer;

internal sealed record TokenAnswer : Answer
{
    public string? Url { get; init; }
}

internal sealed record UploadServerAnswer : Answer
{
    public string? Url { get; init; }

    public string? Id { get; init; }
}

internal sealed record UploadReportAnswer : Answer
{
    public bool? Incoming { get; init; }

    public List<UploadReportLink>? Links { get; init; }
}

internal sealed record UploadReportLink
{
    public string? Download { get; init; }

    public string? Filename { get; init; }

    public string? Remove { get; init; }

    public long? Size { get; init; }

    public string? Whirlpool { get; init; }
}

internal record FileItem : Answer
{
    public string? Url { get; init; }

    public string? Filename { get; init; }

    public long? Size { get; init; }

    public string? Date { get; init; }

    public string? Checksum { get; init; }

    [JsonPropertyName("content-type")]
    public string? HyphenContentType { get; init; }

    [JsonPropertyName("content_type")]
    public string? UnderscoreContentType { get; init; }

    public bool? Pass { get; init; }

    public bool? Cdn { get; init; }
}

internal sealed record FileListItem : FileItem
{
    public bool? Acl { get; init; }
}

internal sealed record FileListAnswer : Answer
{
    public long? Count { get; init; }

    public List<FileListItem>? Items { get; init; }
}

internal sealed record FileInfoAnswer : FileItem
{
    public long? FolderId { get; init; }

    public string? Path { get; init; }

    public string? Description { get; init; }

    public bool? NoSsl { get; init; }

    public bool? Inline { get; init; }

    public JsonElement? Acl { get; init; }
}

internal sealed record WireAcl
{
    public List<string>? Ip { get; init; }

    public List<string>? Country { get; init; }

    public List<string>? Email { get; init; }

    public bool? Premium { get; init; }
}

internal sealed record ScanAnswer : Answer
{
    public string? Date { get; init; }
}

internal sealed record BatchAnswer : Answer
{
    public long? Removed { get; init; }

    public long? Moved { get; init; }

    public long? Updated { get; init; }

    public List<JsonElement>? Urls { get; init; }
}

internal sealed record RenameAnswer : Answer
{
    public long? Renamed { get; init; }

    public List<RenamedItem>? Urls { get; init; }
}

internal sealed record RenamedItem
{
    public string? Url { get; init; }

    public string? OldFilename { get; init; }

    public string? NewFilename { get; init; }
}

internal sealed record CopyAnswer : Answer
{
    public long? Copied { get; init; }

    public List<CopiedItem>? Urls { get; init; }
}

internal sealed record CopiedItem
{
    public string? FromUrl { get; init; }

    public string? ToUrl { get; init; }
}

internal sealed record FolderListAnswer : Answer
{
    public long? FolderId { get; init; }

    public string? Name { get; init; }

    public long? Size { get; init; }

    public long? Files { get; init; }

    public string? CreateDate { get; init; }

    public bool? Pass { get; init; }

    public string? Shared { get; init; }

    public List<ShareGrant>? Shares { get; init; }

    public List<SubFolderItem>? SubFolders { get; init; }

    public List<FileListItem>? Items { get; init; }
}

internal sealed record SubFolderItem
{
    public long? Id { get; init; }

    public long? FolderId { get; init; }

    public string? Name { get; init; }

    public string? CreateDate { get; init; }

    public bool? Pass { get; init; }

    public string? Email { get; init; }

    public string? User { get; init; }

    public bool? Rw { get; init; }

    public bool? HideLinks { get; init; }
}

internal sealed record ShareGrant
{
    public string? Email { get; init; }

    public bool? Rw { get; init; }

    public bool? HideLinks { get; init; }
}

internal sealed record MakeFolderAnswer : Answer
{
    public long? FolderId { get; init; }

    public string? Name { get; init; }
}

internal sealed record ShareFolderAnswer : Answer
{
    public string? Url { get; init; }
}

internal sealed record MoveFolderAnswer : Answer
{
    public string? OldName { get; init; }

    public string? NewName { get; init; }
}

internal sealed record ShareItem
{
    public string? Filename { get; init; }

    public string? Link { get; init; }

    public long? Size { get; init; }

    public bool? Password { get; init; }

    public bool? Acl { get; init; }
}

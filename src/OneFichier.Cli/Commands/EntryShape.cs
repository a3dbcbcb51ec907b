using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>A file or folder as <c>--json</c> shows it.</summary>
internal sealed record EntryShape(string Path, string Name, bool IsDir, long? Size, DateTimeOffset? ModTime)
{
    public DateTimeOffset? Uploaded { get; init; }

    public string? Link { get; init; }

    public long? Id { get; init; }

    public string? Whirlpool { get; init; }

    public string? ContentType { get; init; }

    public static EntryShape Of(RemoteEntry entry, string path) => entry.IsFolder
        ? new EntryShape(path, entry.Name, true, null, entry.Folder.Created) { Id = entry.Folder.Id.Value }
        : new EntryShape(path, entry.Name, false, entry.File.Size, entry.File.ModTime ?? entry.File.Uploaded)
        {
            Uploaded = entry.File.Uploaded,
            Link = entry.File.Link.Url,
            Whirlpool = entry.File.Checksum?.ToString(),
            ContentType = entry.File.ContentType,
        };

    /// <summary>The long line of a listing.</summary>
    public string Long(Screen screen, bool withLink)
    {
        var time = ModTime is { } at ? $"{at:yyyy-MM-dd HH:mm:ss}" : "-";
        var link = withLink ? "  " + Link : "";
        return $"{(Size is { } size ? size.ToString() : "-"),15} {time,19} {screen.Shown(Path)}{(IsDir ? "/" : "")}{link}";
    }
}

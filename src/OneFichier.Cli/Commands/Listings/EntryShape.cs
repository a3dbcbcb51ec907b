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

    public static EntryShape Of(Entry entry, string path) => entry.IsFolder
        ? new EntryShape(path, entry.Name, true, null, entry.ModTime ?? entry.Created) { Id = long.TryParse(entry.Id, out var number) ? number : null }
        : new EntryShape(path, entry.Name, false, entry.Size, entry.ModTime ?? entry.Created)
        {
            Uploaded = entry.Created,
            Link = entry.Link?.Url,
            Whirlpool = entry.Checksum?.ToString(),
            ContentType = entry.ContentType,
        };

    /// <summary>The long line of a listing.</summary>
    public string Long(Screen screen, bool withLink)
    {
        var time = ModTime is { } at ? $"{at:yyyy-MM-dd HH:mm:ss}" : "-";
        var link = withLink ? "  " + Link : "";
        return $"{(Size is { } size ? size.ToString() : "-"),15} {time,19} {screen.Shown(Path)}{(IsDir ? "/" : "")}{link}";
    }
}

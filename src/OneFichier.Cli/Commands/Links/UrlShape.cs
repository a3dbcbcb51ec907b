using System.Text.Json.Serialization;

namespace OneFichier.Cli.Commands;

internal sealed record UrlShape(string Path, string Link, string Url, DateTimeOffset Expires, long? Size, string? Whirlpool)
{
    /// <summary>The path below what was asked for, for people to read.</summary>
    [JsonIgnore]
    public string Below { get; private init; } = Path;

    /// <summary>The same as a name for a program that saves it, which leads nowhere else; <see langword="null"/> when it is not known, and the service's answer tells.</summary>
    [JsonIgnore]
    public string? Name { get; private init; }

    public static UrlShape Of(LinkedFile file, string url, DateTimeOffset expires) =>
        new(file.Path, file.Link.Url, url, expires, file.Found?.Entry.Size, file.Found?.Entry.Checksum?.ToString())
        {
            Below = file.Found?.Path ?? file.Path,
            Name = file.Found?.LocalPath,
        };
}

internal sealed record LinkShape(string Path, string Link, long? Size, string? Whirlpool);

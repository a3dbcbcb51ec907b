using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>What a file is: what the volume knows of it, else by its name.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider ByName = Names();

    public static string Of(Entry file) => Known(file.ContentType) ?? (ByName.TryGetContentType(file.Name, out var type) ? type : Unknown);

    /// <summary>Whether a browser does nothing with it but show, play or save it. All else may run, and is to be boxed in.</summary>
    public static bool IsPassive(string type)
    {
        var name = type.Split(';')[0].Trim().ToLowerInvariant();
        return name is "text/plain" or "application/pdf" or Unknown
            || ((IsPlayable(name) || name.StartsWith("image/", StringComparison.Ordinal) || name.StartsWith("font/", StringComparison.Ordinal)) && !name.Contains("xml", StringComparison.Ordinal));
    }

    /// <summary>Whether it is music or film.</summary>
    public static bool IsPlayable(string type) => type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A type nobody has said, or that is none, tells nothing; the service says octet-stream of whatever it does not know.</summary>
    private static string? Known(string? stated) =>
        stated is null or Unknown || !MediaTypeHeaderValue.TryParse(stated, out var read) || read.Type == "multipart" ? null : read.ToString();

    private static FileExtensionContentTypeProvider Names()
    {
        var names = new FileExtensionContentTypeProvider();
        foreach (var (extension, type) in new[] { (".mkv", "video/x-matroska"), (".flac", "audio/flac"), (".opus", "audio/ogg"), (".m4b", "audio/mp4"), (".epub", "application/epub+zip") })
            names.Mappings[extension] = type;
        return names;
    }
}

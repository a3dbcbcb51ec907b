using Microsoft.AspNetCore.StaticFiles;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>What a file is, by its name.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider ByName = new();

    public static string Of(Entry file) => file.ContentType ?? (ByName.TryGetContentType(file.Name, out var type) ? type : Unknown);

    /// <summary>Whether a browser would run what is in it.</summary>
    public static bool IsActive(string type) =>
        type.Contains("html", StringComparison.OrdinalIgnoreCase) || type.Contains("xml", StringComparison.OrdinalIgnoreCase) || type.Contains("script", StringComparison.OrdinalIgnoreCase);
}

using Microsoft.AspNetCore.StaticFiles;

namespace OneFichier.Sandbox;

/// <summary>Content types, guessed from names.</summary>
internal static class MediaTypes
{
    private static readonly FileExtensionContentTypeProvider Known = new();

    public static string Of(string name) =>
        Known.TryGetContentType(name, out var type) ? type : "application/octet-stream";
}

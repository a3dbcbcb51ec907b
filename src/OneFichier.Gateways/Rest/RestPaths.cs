using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

/// <summary>Paths and names in parameters. They come decoded; what would lead elsewhere is refused, whatever it was written as.</summary>
internal static class RestPaths
{
    /// <exception cref="BadHttpRequestException">A name is <c>.</c> or <c>..</c>, or holds a backslash or NUL: 400.</exception>
    public static VolumePath Path(string text)
    {
        var path = VolumePath.Parse(text);
        return path.HasDotSegments || text.AsSpan().ContainsAny('\\', '\0') ? throw Bad($"'{Shown(text)}' is no path.") : path;
    }

    /// <summary>A name, which is no path.</summary>
    public static string Name(string text) =>
        text.Length == 0 || text is "." or ".." || text.AsSpan().ContainsAny('/', '\\', '\0') ? throw Bad($"'{Shown(text)}' is no name.") : text;

    /// <summary>The name of a file that was sent; folders in front of it, which some browsers send, are dropped as the service drops them.</summary>
    public static string FileName(string text) => Name(text[(text.AsSpan().LastIndexOfAny('/', '\\') + 1)..]);

    public static BadHttpRequestException Bad(string why) => new(why, StatusCodes.Status400BadRequest);

    private static string Shown(string text) => string.Concat(text.Take(100).Select(c => char.IsControl(c) ? '?' : c));
}

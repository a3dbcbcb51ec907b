using System.Text.RegularExpressions;

namespace OneFichier.Sandbox.Node;

/// <summary>What a part's headers say, read as narrowly as the service reads them.</summary>
internal sealed partial record PartHeader(string Field, string? FileName)
{
    /// <exception cref="MalformedUploadException">The service would not understand the part.</exception>
    public static PartHeader Parse(string[] lines, bool strict)
    {
        var at = Array.FindIndex(lines, l => l.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase));
        if (at < 0 || (strict && at > 0))
            throw new MalformedUploadException();
        var field = Parameter(lines[at], "name", strict) ?? throw new MalformedUploadException();
        return new PartHeader(field, Parameter(lines[at], "filename", strict) is { } name ? LastStep(name) : null);
    }

    /// <summary>The boundary a Content-Type names, or null when the service would not find it.</summary>
    public static string? Boundary(string? contentType, bool strict)
    {
        var match = BoundaryShape().Match(contentType ?? "");
        if (!match.Success || (strict && match.Groups["quoted"].Success))
            return null;
        return match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["bare"].Value;
    }

    private static string? Parameter(string line, string name, bool strict)
    {
        var match = ParameterShape().Matches(line).FirstOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (match is null)
            return null;
        if (match.Groups["quoted"].Success)
            return match.Groups["quoted"].Value;
        return strict ? throw new MalformedUploadException() : match.Groups["bare"].Value;
    }

    private static string LastStep(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    [GeneratedRegex("""\Amultipart/form-data\s*;(.*;)?\s*boundary=("(?<quoted>[^"]{1,200})"|(?<bare>[^\s;"]{1,200}))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex BoundaryShape();

    [GeneratedRegex("""[;\s](?<name>[a-z*]+)=("(?<quoted>[^"]*)"|(?<bare>[^\s;"]+))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex ParameterShape();
}

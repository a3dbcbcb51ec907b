using System.Text.RegularExpressions;

namespace OneFichier.Sandbox;

/// <summary>The service's addresses.</summary>
internal static partial class Links
{
    /// <summary>Hosting domains; the index is the domain id of an upload.</summary>
    public static readonly string[] Domains =
    [
        "1fichier.com", "alterupload.com", "cjoint.net", "desfichiers.com", "dfichiers.com", "megadl.fr",
        "mesfichiers.org", "piecejointe.net", "pjointe.com", "tenvoi.com", "dl4free.com",
    ];

    public static string ForFile(string id, int domain) => $"https://{Domains[domain]}/?{id}";

    /// <summary>The id in a file's address, or null when it is no such address.</summary>
    public static string? FileId(string? url) =>
        url is not null && FileAddress().Match(url) is { Success: true } match
            && Domains.Contains(match.Groups["host"].Value, StringComparer.OrdinalIgnoreCase)
            ? match.Groups["id"].Value
            : null;

    /// <summary>Whether a host name belongs to the service.</summary>
    public static bool IsServiceHost(string host) =>
        host.EndsWith(".1fichier.com", StringComparison.OrdinalIgnoreCase)
        || Domains.Contains(host, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\Ahttps?://(www\.)?(?<host>[a-z0-9.]+)/\?(?<id>[a-z0-9]{5,20})(&.*)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex FileAddress();
}

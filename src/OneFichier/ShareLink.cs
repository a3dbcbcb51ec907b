using System.Diagnostics.CodeAnalysis;

namespace OneFichier;

/// <summary>The public address of a shared folder, <c>https://1fichier.com/dir/ID</c>; the id has nothing to do with the folder's number (1fichier-api §4.1).</summary>
public readonly record struct ShareLink
{
    private ShareLink(string id) => Id = id;

    /// <summary>Letters and digits.</summary>
    public string Id { get; }

    /// <summary>The public address.</summary>
    public string Url => $"https://1fichier.com/dir/{Id}";

    /// <summary>Reads the address on any hosting domain, with or without scheme and language (<c>/en/dir/…</c>).</summary>
    /// <exception cref="FormatException">The text is no share link.</exception>
    public static ShareLink Parse(string text) =>
        TryParse(text, out var link) ? link : throw new FormatException($"Not a share link of 1fichier: '{text}'. One looks like https://1fichier.com/dir/AbCd1234.");

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ShareLink link)
    {
        link = default;
        var candidate = text?.Trim() ?? "";
        if (!candidate.Contains("://", StringComparison.Ordinal))
        {
            candidate = "https://" + candidate;
        }

        if (!Uri.TryCreate(candidate, UriKind.Absolute, out var uri) || HostingDomain.Find(uri.Host) is null)
        {
            return false;
        }

        var parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(parts, "dir");
        if (at is not (0 or 1) || parts.Length != at + 2 || !parts[at + 1].All(char.IsAsciiLetterOrDigit))
        {
            return false;
        }

        link = new ShareLink(parts[at + 1]);
        return true;
    }

    /// <inheritdoc cref="Url"/>
    public override string ToString() => Url;
}

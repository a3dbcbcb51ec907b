using System.Diagnostics.CodeAnalysis;

namespace OneFichier;

/// <summary>
/// The page link of a file, which is also its identity: renaming and moving keep it, copying and sending again make a new one
/// (1fichier-api §6.1). The domain is part of it, because an uploader may bind a file to one domain (§4.2).
/// </summary>
public readonly record struct FileLink
{
    private readonly string? _id;
    private readonly HostingDomain? _domain;

    private FileLink(string id, HostingDomain domain) => (_id, _domain) = (id, domain);

    /// <summary>Stands for the link of a file in a share that hides its links: such a file goes by folder and name.</summary>
    public static FileLink None => default;

    /// <summary>5 to 20 lower-case letters and digits; empty for <see cref="None"/>.</summary>
    public string Id => _id ?? "";

    /// <summary>The domain the link was written with.</summary>
    public HostingDomain Domain => _domain ?? HostingDomain.Default;

    /// <summary>The link in the form the API takes: <c>https://domain/?id</c>; empty for <see cref="None"/>.</summary>
    public string Url => Id.Length == 0 ? "" : $"https://{Domain.Name}/?{Id}";

    /// <summary>
    /// Reads <c>https://domain/?id</c> with any of the eleven domains, the old <c>http://id.domain/</c>, either without its scheme,
    /// and drops an affiliate suffix and other parameters (<c>&amp;af=…</c>, <c>&amp;lg=…</c>). A bare id is not a link.
    /// </summary>
    /// <exception cref="FormatException">The text is no page link of the service.</exception>
    public static FileLink Parse(string text) =>
        TryParse(text, out var link) ? link : throw new FormatException($"Not a page link of 1fichier: '{text}'. One looks like https://1fichier.com/?abcdefghij1234567890.");

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out FileLink link)
    {
        link = default;
        var candidate = text?.Trim() ?? "";
        if (!candidate.Contains("://", StringComparison.Ordinal))
        {
            candidate = "https://" + candidate;
        }

        if (!Uri.TryCreate(candidate, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return false;
        }

        return HostingDomain.Find(uri.Host) is { } domain ? FromQuery(uri, domain, out link) : FromSubdomain(uri, out link);
    }

    /// <summary>Makes a link of an id, on <see cref="HostingDomain.Default"/> unless told otherwise.</summary>
    /// <exception cref="FormatException">The id is not 5 to 20 letters and digits.</exception>
    public static FileLink FromId(string id, HostingDomain? domain = null) =>
        IsId(id) ? new FileLink(id.ToLowerInvariant(), domain ?? HostingDomain.Default) : throw new FormatException($"Not a file id: '{id}'.");

    /// <inheritdoc cref="Url"/>
    public override string ToString() => Url;

    private static bool FromQuery(Uri uri, HostingDomain domain, out FileLink link)
    {
        link = default;
        if (uri.AbsolutePath is not ("/" or ""))
        {
            return false;
        }

        var id = uri.Query.TrimStart('?').Split('&', 2)[0];
        return IsId(id) && Assign(id, domain, out link);
    }

    private static bool FromSubdomain(Uri uri, out FileLink link)
    {
        link = default;
        var dot = uri.Host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && uri.AbsolutePath is "/" or "" && HostingDomain.Find(uri.Host[(dot + 1)..]) is { } domain
            && IsId(uri.Host[..dot]) && !ReservedHosts.Contains(uri.Host[..dot]) && Assign(uri.Host[..dot], domain, out link);
    }

    private static readonly HashSet<string> ReservedHosts = new(StringComparer.OrdinalIgnoreCase) { "proxy", "upload", "files", "static", "secure", "email" };

    private static bool Assign(string id, HostingDomain domain, out FileLink link)
    {
        link = new FileLink(id.ToLowerInvariant(), domain);
        return true;
    }

    private static bool IsId(string id) => id.Length is >= 5 and <= 20 && id.All(char.IsAsciiLetterOrDigit);
}

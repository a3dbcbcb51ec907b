namespace OneFichier.Wire;

/// <summary>Where requests go: the API base, upload nodes, public pages and download links, each checked before it is used.</summary>
internal sealed class Addresses(FichierOptions options)
{
    private readonly string _base = options.ApiBase.AbsoluteUri.TrimEnd('/');

    /// <summary>Plain HTTP on a loopback base, TLS everywhere else.</summary>
    public string Scheme => options.ApiBase.Scheme;

    public Uri Api(string endpoint) => new($"{_base}/{endpoint}.cgi");

    public Uri Node(string host, string pathAndQuery)
    {
        var bare = host.Contains("://", StringComparison.Ordinal) ? host[(host.IndexOf("://", StringComparison.Ordinal) + 3)..] : host;
        return Uri.TryCreate($"{Scheme}://{bare.TrimEnd('/')}{pathAndQuery}", UriKind.Absolute, out var uri) && IsTrusted(uri)
            ? uri
            : throw new FichierProtocolException($"The service named an upload node that is not its own: '{Shown(host)}'.");
    }

    public Uri Public(string path) =>
        options.BaseIsLoopback ? new Uri(new Uri(options.ApiBase.GetLeftPart(UriPartial.Authority)), path) : new Uri("https://1fichier.com" + path);

    /// <summary>A direct link as the service gave it, on its own hosts only.</summary>
    public Uri Direct(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsTrusted(uri))
        {
            throw new FichierProtocolException($"The service answered with a download link that is not its own: '{Shown(url)}'.");
        }

        return uri;
    }

    private bool IsTrusted(Uri uri) =>
        uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
        && (options.BaseIsLoopback
            ? uri.IsLoopback || KeyGuard.IsOfService(uri.Host)
            : KeyGuard.IsOfService(uri.Host) || uri.Host.Equals(options.ApiBase.Host, StringComparison.OrdinalIgnoreCase));

    private static string Shown(string? text) => text is null ? "" : text.Length > 80 ? text[..80] + "…" : text;
}

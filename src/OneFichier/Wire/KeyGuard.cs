using System.Net.Http.Headers;

namespace OneFichier.Wire;

/// <summary>The one place that puts the key on a request, and only for the API host and <c>*.1fichier.com</c> over TLS, or the loopback base's host, where a node may have a port of its own.</summary>
internal sealed class KeyGuard(FichierOptions options)
{
    /// <exception cref="FichierProtocolException">There is a key, and the address may not see it.</exception>
    public void Authorize(HttpRequestMessage request)
    {
        if (options.Key is not { } key)
        {
            return;
        }

        request.Headers.Authorization = MayReceiveKey(request.RequestUri!)
            ? new AuthenticationHeaderValue("Bearer", key.Reveal())
            : throw new FichierProtocolException($"The service named a host that must not see the key: '{request.RequestUri!.Authority}'.");
    }

    private bool MayReceiveKey(Uri address) =>
        IsApiHost(address)
        || (address.Scheme == "https" && address.IsDefaultPort && IsOfService(address.Host))
        || (options.BaseIsLoopback && address.Scheme == options.ApiBase.Scheme && address.Host.Equals(options.ApiBase.Host, StringComparison.OrdinalIgnoreCase));

    public static bool IsOfService(string host) =>
        host.Equals("1fichier.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".1fichier.com", StringComparison.OrdinalIgnoreCase);

    private bool IsApiHost(Uri address) =>
        address.Scheme == options.ApiBase.Scheme && address.Authority.Equals(options.ApiBase.Authority, StringComparison.OrdinalIgnoreCase);
}

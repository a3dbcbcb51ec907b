using System.Net.Http.Headers;

namespace OneFichier.Wire;

/// <summary>The one place that puts the key on a request, and only for the API host and <c>*.1fichier.com</c> over TLS, or the loopback base's host, where a node may have a port of its own.</summary>
internal sealed class KeyGuard(FichierOptions options)
{
    public async ValueTask<ApiKey?> CurrentAsync(CancellationToken cancellationToken) =>
        options.KeySource is { } source ? await source.GetAsync(refused: null, cancellationToken).ConfigureAwait(false) ?? options.Key : options.Key;

    /// <summary>Makes a call, and makes it again when its key is refused and there is another one by then: a call that is refused was not carried out.</summary>
    public async Task<T> RenewingAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var used = await CurrentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await call(cancellationToken).ConfigureAwait(false);
        }
        catch (FichierKeyException)
        {
            if (used is null || options.KeySource is not { } source || await source.GetAsync(used, cancellationToken).ConfigureAwait(false) is not { } another || another.Equals(used))
            {
                throw;
            }
        }

        return await call(cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="FichierProtocolException">There is a key, and the address may not see it.</exception>
    public async ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(cancellationToken).ConfigureAwait(false) is not { } key)
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

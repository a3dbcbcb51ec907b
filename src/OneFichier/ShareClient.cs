using System.Net;
using OneFichier.Names;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>Publicly shared folders, one's own or anybody's; no key needed (1fichier-api §4.1).</summary>
public sealed class ShareClient
{
    private readonly BulkChannel _bulk;
    private readonly Addresses _addresses;
    private readonly AnswerReader _reader;

    internal ShareClient(BulkChannel bulk, Addresses addresses, TimeProvider time) => (_bulk, _addresses, _reader) = (bulk, addresses, new AnswerReader(time));

    /// <summary>Lists the files of a public share; folders in it are never listed by the service.</summary>
    /// <exception cref="FichierNotFoundException">There is no such share.</exception>
    /// <exception cref="FichierAccessException">The share asks for a password, or for another one.</exception>
    public async Task<IReadOnlyList<SharedFile>> ListAsync(ShareLink share, string? password = null, CancellationToken cancellationToken = default)
    {
        using var request = Request(share, password);
        using var response = await _bulk.WholeAsync(request, withKey: false, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType is "text/html")
        {
            throw await PasswordAskedAsync(response, password, cancellationToken).ConfigureAwait(false);
        }

        var items = await _reader.ReadListAsync(response, "the share listing", WireJson.Default.ListShareItem, cancellationToken).ConfigureAwait(false);
        return [.. items.Select(File).OfType<SharedFile>()];
    }

    private HttpRequestMessage Request(ShareLink share, string? password)
    {
        var path = $"/dir/{share.Id}?json=1";
        return password is null
            ? new HttpRequestMessage(HttpMethod.Get, _addresses.Public(path))
            : new HttpRequestMessage(HttpMethod.Post, _addresses.Public(path))
            {
                Content = new FormUrlEncodedContent([new("json", "1"), new("pass", password)]),
            };
    }

    private static async Task<FichierException> PasswordAskedAsync(HttpResponseMessage response, string? password, CancellationToken cancellationToken)
    {
        var html = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return !html.Contains("name=\"pass\"", StringComparison.OrdinalIgnoreCase) && !html.Contains("name='pass'", StringComparison.OrdinalIgnoreCase)
            ? new FichierProtocolException("The share answered with a web page where a list is due.")
            : new FichierAccessException(password is null ? "The share is protected by a password." : "The password of the share is wrong.") { Remedy = "Give the right one with --password." };
    }

    private static SharedFile? File(ShareItem item) => FileLink.TryParse(item.Link, out var link)
        ? new SharedFile(link, ServiceName.Decode(item.Filename ?? ""), item.Size ?? 0) { HasPassword = item.Password ?? false, HasAcl = item.Acl ?? false }
        : null;
}

/// <summary>A file of a public share.</summary>
/// <param name="Link">Its page link.</param>
/// <param name="Name">Its name, decoded.</param>
/// <param name="Size">Bytes.</param>
public sealed record SharedFile(FileLink Link, string Name, long Size)
{
    /// <summary>Whether a password protects it.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Whether access is restricted.</summary>
    public bool HasAcl { get; init; }
}

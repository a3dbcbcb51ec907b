using OneFichier.Names;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>Direct links, and the bytes behind them. For whole files, resumed and verified, see <c>FichierClient.Transfers</c>.</summary>
public sealed class DownloadClient
{
    private readonly ApiChannel _api;
    private readonly BulkChannel _bulk;
    private readonly Addresses _addresses;

    internal DownloadClient(ApiChannel api, BulkChannel bulk, Addresses addresses) => (_api, _bulk, _addresses) = (api, bulk, addresses);

    /// <summary>
    /// Asks for a direct link (<c>download/get_token</c>). It must be used within five minutes and serves any number of ranges, a broken download may be
    /// resumed for thirty (1fichier-api §2). Anybody who has the link can download the file.
    /// </summary>
    /// <exception cref="FichierSubscriptionException">The account's offer has no direct downloads.</exception>
    /// <exception cref="FichierLocationException">Another address of the account is downloading, or this one is a data centre's.</exception>
    public Task<DirectLink> GetLinkAsync(FileLink file, DirectLinkOptions? options = null, CancellationToken cancellationToken = default) =>
        GetLinkAsync(Request(options) with { Url = file.Url }, options, cancellationToken);

    /// <summary>Asks for a direct link of a file in a share that hides its links.</summary>
    public Task<DirectLink> GetLinkAsync(FolderId folder, string name, string? sharingUser = null, DirectLinkOptions? options = null, CancellationToken cancellationToken = default) =>
        GetLinkAsync(Request(options) with { FolderId = folder.Value, Filename = ServiceName.Encode(name), SharingUser = sharingUser }, options, cancellationToken);

    /// <summary>Opens a range of the file behind a direct link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="from">The first byte wanted.</param>
    /// <param name="length">How many; <see langword="null"/> for all that follow.</param>
    /// <param name="cancellationToken">Ends the request; reading the stream has its own.</param>
    /// <returns>Exactly the bytes asked for: an answer that starts elsewhere or is a web page throws, a body that ends early throws on reading.</returns>
    /// <exception cref="FichierProtocolException">The answer is not the file, as when the link has expired; ask for a new link.</exception>
    public Task<DirectBody> OpenAsync(DirectLink link, long from = 0, long? length = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        return _bulk.OpenAsync(link.Url, from, length, cancellationToken);
    }

    private async Task<DirectLink> GetLinkAsync(TokenRequest request, DirectLinkOptions? options, CancellationToken cancellationToken)
    {
        var call = new ApiCall("download/get_token", null, options?.Priority ?? _api.Options.Priority);
        var answer = await _api.CallAsync(call, request, WireJson.Default.TokenRequest, WireJson.Default.TokenAnswer, cancellationToken).ConfigureAwait(false);
        return new DirectLink(_addresses.Direct(answer.Url), _api.Options.Time.GetUtcNow());
    }

    private static TokenRequest Request(DirectLinkOptions? options) => new()
    {
        Inline = options?.Inline == true ? true : null,
        Cdn = options?.UseCdn == true ? true : null,
        RestrictIp = options?.RestrictAddress is { } restrict and not CdnAddressRestriction.None ? (long)restrict : null,
        Single = options?.SingleUse == true ? true : null,
        Pass = options?.Password,
        NoSsl = options?.NoSsl == true ? true : null,
    };
}

/// <summary>What a direct link may be asked for with.</summary>
public sealed record DirectLinkOptions
{
    /// <summary>The file's password.</summary>
    public string? Password { get; init; }

    /// <summary>Let browsers show the file instead of saving it.</summary>
    public bool Inline { get; init; }

    /// <summary>Spend CDN credits; allows downloads from data centres and several addresses.</summary>
    public bool UseCdn { get; init; }

    /// <summary>With CDN credits: how far the link is bound to an address.</summary>
    public CdnAddressRestriction RestrictAddress { get; init; }

    /// <summary>Allow a single request only: no ranges, no second connection.</summary>
    public bool SingleUse { get; init; }

    /// <summary>A plain HTTP link.</summary>
    public bool NoSsl { get; init; }

    /// <summary>Who goes first when the budget is short; default the client's.</summary>
    public CallPriority? Priority { get; init; }
}

/// <summary>How far a CDN link is bound to the address that asked for it.</summary>
public enum CdnAddressRestriction
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>The address may not change.</summary>
    SameAddress = 1,

    /// <summary>No further requests at all.</summary>
    NoSubRequests = 2,
}

/// <summary>An address that serves a file without a key for a while.</summary>
/// <param name="Url">The address.</param>
/// <param name="Obtained">When it came.</param>
public sealed record DirectLink(Uri Url, DateTimeOffset Obtained)
{
    /// <summary>How long after <see cref="Obtained"/> a download can be started.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>When it can no longer be started with.</summary>
    public DateTimeOffset Expires => Obtained + Lifetime;
}

/// <summary>The bytes of a file, or of a range of it, as they arrive.</summary>
public sealed class DirectBody : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    internal DirectBody(HttpResponseMessage response, Stream stream, long from, long? totalSize) =>
        (_response, Stream, From, TotalSize) = (response, stream, from, totalSize);

    /// <summary>The bytes; ends early by an exception, never silently.</summary>
    public Stream Stream { get; }

    /// <summary>Offset of the first byte.</summary>
    public long From { get; }

    /// <summary>Size of the whole file as the service states it.</summary>
    public long? TotalSize { get; }

    /// <summary>The name the service offers the file under, from <c>Content-Disposition</c>.</summary>
    public string? FileName => _response.Content.Headers.ContentDisposition is { } d ? (d.FileNameStar ?? d.FileName)?.Trim('"') : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }
}

using System.Text.Json;
using OneFichier.Governor;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>
/// A client of 1fichier.com for one account. One instance serves any number of threads; make one and keep it. Every request to the API host passes the governor,
/// which keeps the account inside the service's limits, together with all other clients that share the <see cref="FichierOptions.StateFolder"/>.
/// </summary>
public sealed class FichierClient : IDisposable
{
    private readonly HttpMessageInvoker _governed;
    private readonly HttpMessageInvoker _bulk;
    private readonly ApiChannel _api;
    private readonly bool _owns;

    /// <summary>Makes a client for a key, with all defaults.</summary>
    public FichierClient(ApiKey key) : this(new FichierOptions { Key = key }) { }

    /// <summary>Makes a client.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="http">
    /// Connections to use instead of the client's own. Its <see cref="HttpClient.Timeout"/> must be infinite, because it would end long transfers;
    /// redirects are best left unfollowed. It is not disposed of with the client.
    /// </param>
    /// <exception cref="ArgumentException">The options make no sense together.</exception>
    public FichierClient(FichierOptions options, HttpClient? http = null) : this(options, Connect(options, http)) => _owns = true;

    private FichierClient(FichierOptions options, (HttpMessageInvoker Governed, HttpMessageInvoker Bulk, RequestBudget Budget) shared)
    {
        Options = options;
        (_governed, _bulk, Budget) = shared;
        var guard = new KeyGuard(options);
        var addresses = new Addresses(options);
        _api = new ApiChannel(_governed, guard, addresses, options);
        var bulk = new BulkChannel(_bulk, guard, options);
        Files = new FileClient(_api);
        Folders = new FolderClient(_api);
        Downloads = new DownloadClient(_api, bulk, addresses);
        Uploads = new UploadClient(_api, new UploadChannel(bulk, addresses, options), new ReportChannel(bulk, addresses, options));
        Account = new AccountClient(_api, new AccountCache(guard, options));
        Shares = new ShareClient(bulk, addresses, options.Time);
        RemoteUploads = new RemoteUploadClient(_api);
        Transfers = new TransferClient(Uploads, Files, Downloads, options);
        Vouchers = new VoucherClient(_api);
        Ftp = new FtpClient(_api);
    }

    /// <summary>The options the client was made with.</summary>
    public FichierOptions Options { get; }

    /// <summary>The request budget that every call passes: what is spent, locked and waited for.</summary>
    public RequestBudget Budget { get; }

    /// <summary>Files, by link.</summary>
    public FileClient Files { get; }

    /// <summary>Folders, by number.</summary>
    public FolderClient Folders { get; }

    /// <summary>Direct links and the bytes behind them.</summary>
    public DownloadClient Downloads { get; }

    /// <summary>The steps of an upload session.</summary>
    public UploadClient Uploads { get; }

    /// <summary>Whole files both ways, proven.</summary>
    public TransferClient Transfers { get; }

    /// <summary>The account page.</summary>
    public AccountClient Account { get; }

    /// <summary>Public shares.</summary>
    public ShareClient Shares { get; }

    /// <summary>Files the service fetches by itself.</summary>
    public RemoteUploadClient RemoteUploads { get; }

    /// <summary>Vouchers.</summary>
    public VoucherClient Vouchers { get; }

    /// <summary>The FTP drop box.</summary>
    public FtpClient Ftp { get; }

    /// <summary>Makes any call of the API, governed and with the service's refusals turned into exceptions.</summary>
    /// <param name="endpoint">Group and verb, as <c>file/info</c>; a leading slash and the ending <c>.cgi</c> are accepted.</param>
    /// <param name="body">A JSON object; empty for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The service's answer, untouched.</returns>
    public async Task<JsonDocument> CallAsync(string endpoint, ReadOnlyMemory<byte> body = default, CancellationToken cancellationToken = default)
    {
        var name = endpoint.Trim('/');
        name = name.EndsWith(".cgi", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || c is '/' or '_'))
        {
            throw new ArgumentException($"Not an endpoint of the API: '{endpoint}'. One looks like file/info.", nameof(endpoint));
        }

        var call = new ApiCall(name, ListedFolder(name, body), Options.Priority);
        return JsonDocument.Parse(await _api.RawAsync(call, body.Length == 0 ? "{}"u8.ToArray() : body, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>This client with another priority: it shares the connections and the budget, lives as long as this one, and need not be disposed of.</summary>
    public FichierClient WithPriority(CallPriority priority) => new(Options with { Priority = priority }, (_governed, _bulk, Budget));

    /// <summary>Closes the connections; transfers under way end with an exception.</summary>
    public void Dispose()
    {
        if (!_owns)
        {
            return;
        }

        _governed.Dispose();
        _bulk.Dispose();
    }

    private static (HttpMessageInvoker Governed, HttpMessageInvoker Bulk, RequestBudget Budget) Connect(FichierOptions options, HttpClient? http)
    {
        options.Validate();
        if (http is not null && http.Timeout != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException("Set Timeout of the HttpClient to Timeout.InfiniteTimeSpan: it would end long transfers. Calls are bound by FichierOptions.CallTimeout.", nameof(http));
        }

        var transport = http is null ? Transport.Create(options) : Transport.Over(http);
        var budget = options.Ledger is { } ledger ? new RequestBudget(ledger, options.Time) { Waits = options.Waits } : RequestBudget.For(options, options.Waits, options.Logger);
        var governed = new HttpMessageInvoker(new GovernorHandler(budget, options) { InnerHandler = Transport.Bounded(transport, options) }, disposeHandler: false);
        return (governed, new HttpMessageInvoker(transport, disposeHandler: true), budget);
    }

    private static FolderId? ListedFolder(string endpoint, ReadOnlyMemory<byte> body)
    {
        if (endpoint is not ("file/ls" or "folder/ls"))
        {
            return null;
        }

        using var request = body.Length == 0 ? null : JsonDocument.Parse(body);
        return request?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("folder_id", out var id) && long.TryParse(id.ToString(), out var number)
            ? new FolderId(number)
            : FolderId.Root;
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OneFichier.Governor;

namespace OneFichier;

/// <summary>How a <c>FichierClient</c> behaves. Immutable: change a copy by <c>with</c>. Refused at construction of the client when it makes no sense.</summary>
public sealed record FichierOptions
{
    /// <summary>The address of the service's API, without a closing slash.</summary>
    public static readonly Uri DefaultApiBase = new("https://api.1fichier.com/v1");

    /// <summary>The key of the account. Without one only anonymous uploads and public shares work.</summary>
    public ApiKey? Key { get; init; }

    /// <summary>
    /// Asked for the key before each request that carries it, and once more when the service refuses it: a call that was refused for its key is made again when there is another one by then.
    /// Default <see langword="null"/>: it is <see cref="Key"/> for as long as the client lives.
    /// </summary>
    public IKeySource? KeySource { get; init; }

    /// <summary>
    /// Where the API is; default <see cref="DefaultApiBase"/>. Plain <c>http</c> is accepted for a loopback host only, and then upload nodes,
    /// download links and public pages are taken from that host in plain <c>http</c> too. The key goes to this host and to <c>*.1fichier.com</c>, to no other.
    /// </summary>
    public Uri ApiBase { get; init; } = DefaultApiBase;

    /// <summary>
    /// A folder that all processes using this account share: the request budget and the account page are kept there, with rights for the owner only.
    /// Default <see langword="null"/>: kept in memory, so two processes do not know of each other.
    /// </summary>
    public string? StateFolder { get; init; }

    /// <summary>
    /// Where the request budget is kept, in place of the <see cref="StateFolder"/> or the memory: give the same ledger to all clients of one account in a process, or one
    /// of your own to those of a cluster.
    /// </summary>
    public IBudgetLedger? Ledger { get; init; }

    /// <summary>Told when a call must wait for more than a second, and why.</summary>
    public IProgress<BudgetWait>? Waits { get; init; }

    /// <summary>
    /// The longest a call waits for the request budget or the end of a lock before it throws <see cref="FichierFloodException"/>; default ten minutes.
    /// Zero never waits. A call is never delayed and then refused: when the wait is known to be longer, it throws at once.
    /// </summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a call that may be repeated is tried in all when the service or the network fails; default 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>How long one API call may take on the wire, waiting for the budget not counted; default 100 seconds. Transfers are not bound by it.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How long a transfer may stand still before it counts as broken; default 60 seconds. An upload node that has received everything is given ten minutes to answer.
    /// </summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The address family of all connections; the service counts IPv4 and IPv6 of one account as two places (1fichier-api §2).
    /// Default <see cref="AddressFamily.Unspecified"/>: the family of the first connection is kept. Has no effect on an injected <see cref="HttpClient"/>.
    /// </summary>
    public AddressFamily AddressFamily { get; init; } = AddressFamily.Unspecified;

    /// <summary>The priority of calls that do not state one.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Interactive;

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where warnings and traces go; never sees a key. Default: nowhere.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Sent as <c>User-Agent</c>.</summary>
    public string UserAgent { get; init; } = "fichier/" + typeof(FichierOptions).Assembly.GetName().Version?.ToString(3);

    internal bool BaseIsLoopback => ApiBase.IsLoopback || (IPAddress.TryParse(ApiBase.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    internal void Validate()
    {
        if (!ApiBase.IsAbsoluteUri || ApiBase.Scheme is not ("http" or "https") || ApiBase.UserInfo.Length > 0 || ApiBase.Query.Length > 0)
        {
            throw new ArgumentException($"The API base must be an address as {DefaultApiBase}.");
        }

        if (ApiBase.Scheme == "http" && !BaseIsLoopback)
        {
            throw new ArgumentException("Plain http would show the key to the network; it is accepted for a loopback host only.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CallTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StallTimeout, TimeSpan.Zero);
    }
}

using OneFichier.Governor;
using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests.Index;

/// <summary>A client whose answers a test may hold back, to see how many requests are under way together.</summary>
internal sealed class HeldBack : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<FolderId, bool> _isFree = _ => false;
    private int _together;
    private int _underWay;

    private HeldBack() : base(new SocketsHttpHandler()) { }

    /// <summary>The most requests that were ever under way at once.</summary>
    public int Most { get; private set; }

    /// <summary>How many are under way now.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>A tree whose listings of some folders pass, the root's always, and whose other ones are answered once a number of them are under way together.</summary>
    public static (HeldBack Hand, RemoteTree Tree, FichierClient Client) Over(Stage stage, int together, params IReadOnlyCollection<FolderId> free)
    {
        var hand = new HeldBack { _isFree = f => f == FolderId.Root || free.Contains(f), _together = together };
        var client = new FichierClient(
            new FichierOptions
            {
                Key = ApiKey.Parse(SandboxOptions.DefaultKey),
                ApiBase = stage.Service.ApiBase,
                Time = stage.Time,
                Attempts = 1,
                Ledger = new MemoryLedger(new LedgerOptions { Rules = [], Time = stage.Time }),
            },
            new HttpClient(hand) { Timeout = Timeout.InfiniteTimeSpan });
        return (hand, new RemoteTree(client, new MemoryListingStore()), client);
    }

    /// <summary>Ends when nothing is under way any more.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _underWay) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var held = request.Options.TryGetValue(ApiCall.OptionsKey, out var call) && !_isFree(call.Folder ?? FolderId.Root);
        lock (_gate)
        {
            Most = Math.Max(Most, ++_underWay);
            if (_underWay >= _together)
                _full.TrySetResult();
        }

        try
        {
            if (held)
                await _full.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}

using OneFichier.Governor;
using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests.Index;

/// <summary>A client whose answers a test may hold back, to see how many requests are under way together.</summary>
internal sealed class HeldBack : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _free;
    private int _together;
    private int _underWay;

    private HeldBack() : base(new SocketsHttpHandler()) { }

    /// <summary>The most requests that were ever under way at once.</summary>
    public int Most { get; private set; }

    /// <summary>How many are under way now.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Ends when so many are under way at once as were asked for.</summary>
    public Task Full => _full.Task;

    /// <summary>A tree whose first requests pass, and whose later ones are answered once a number of them are under way together.</summary>
    public static (HeldBack Hand, RemoteTree Tree, FichierClient Client) Over(Stage stage, int free, int together, RemoteTreeOptions? options = null)
    {
        var hand = new HeldBack { _free = free, _together = together };
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
        return (hand, new RemoteTree(client, new MemoryListingStore(), options), client);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var held = false;
        lock (_gate)
        {
            held = _free-- <= 0;
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

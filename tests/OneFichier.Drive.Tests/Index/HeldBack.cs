using System.Text.Json;
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

    /// <summary>Ends when as many are under way at once as were asked for.</summary>
    public Task Full => _full.Task;

    /// <summary>Whether what is held back may go on then.</summary>
    public bool Opens { get; set; } = true;

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
        using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var held = !_isFree(new FolderId(body.RootElement.GetProperty("folder_id").GetInt64()));
        lock (_gate)
        {
            Most = Math.Max(Most, ++_underWay);
            if (_underWay >= _together)
                _full.TrySetResult();
        }

        try
        {
            if (held)
                await (Opens ? Full : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            lock (_gate)
                _underWay--;
        }
    }
}

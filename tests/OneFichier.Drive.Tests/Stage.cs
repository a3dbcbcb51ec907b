using OneFichier.Governor;
using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests;

/// <summary>A sandbox, a client and a tree on it, all on one clock.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<IDisposable> _owned = [];

    private Stage(SandboxServer service, SteppedTime time) => (Service, Time) = (service, time);

    public SandboxServer Service { get; }

    public SteppedTime Time { get; }

    public SandboxControl Control => Service.Control;

    public MemoryListingStore Store { get; } = new();

    public RemoteTree Tree { get; private set; } = null!;

    /// <summary>Requests to the API since the last question.</summary>
    public long Cost
    {
        get
        {
            var cost = Control.Counters.Api;
            Control.ResetLog();
            return cost;
        }
    }

    public static async Task<Stage> SetAsync(SandboxBehaviours? behaviours = null, RemoteTreeOptions? options = null, SandboxLimits? limits = null)
    {
        var time = new SteppedTime();
        var service = await SandboxServer.StartAsync(new SandboxOptions { Behaviours = behaviours ?? new SandboxBehaviours(), Time = time, Limits = limits ?? SandboxLimits.None });
        var stage = new Stage(service, time);
        stage.Tree = stage.NewTree(stage.Store, options);
        return stage;
    }

    /// <summary>Another program on the same account, with a store of its own unless one is shared.</summary>
    public RemoteTree NewTree(IListingStore? store = null, RemoteTreeOptions? options = null, HttpClient? http = null)
    {
        var client = new FichierClient(new FichierOptions
        {
            Key = ApiKey.Parse(SandboxOptions.DefaultKey),
            ApiBase = Service.ApiBase,
            Time = Time,
            Attempts = 1,
            MaxWait = TimeSpan.Zero,
            Ledger = new MemoryLedger(new LedgerOptions { Rules = [], Time = Time }),
        }, http);
        _owned.Add(client);
        return new RemoteTree(client, store ?? new MemoryListingStore(), options);
    }

    /// <summary>Ends something together with the stage.</summary>
    public T Own<T>(T thing) where T : IDisposable
    {
        _owned.Add(thing);
        return thing;
    }

    public FolderId Folder(string path) => new(Control.AddFolder(path));

    public FileLink File(string path, string content = "content") => FileLink.Parse(Control.AddFile(path, System.Text.Encoding.UTF8.GetBytes(content)));

    public IEnumerable<string> Everything() =>
        Control.Tree().Folders.Select(f => f.Path + "/").Concat(Control.Tree().Files.Select(f => f.Path)).Order(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(o => o.Dispose());
        await Service.DisposeAsync();
    }
}

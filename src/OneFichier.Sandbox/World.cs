using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

/// <summary>The service's state. Whoever reads or changes it holds <see cref="Gate"/>.</summary>
internal sealed partial class World : IDisposable
{
    private readonly Journal? journal;
    private long nextFolder = 1_000_001;

    public World(SandboxOptions options)
    {
        Clock = new VirtualClock(options.Time);
        Behaviours = options.Behaviours;
        Limits = options.Limits;
        Faults = options.Faults;
        Ids = new IdSource(options.Behaviours.Seed);
        Blobs = new BlobStore(options.DataFolder);
        Accounts = [.. options.Accounts.Select(a => new AccountState(a))];
        if (options.DataFolder is null)
            return;
        journal = new Journal(options.DataFolder);
        Restore(journal);
    }

    public Lock Gate { get; } = new();

    public VirtualClock Clock { get; }

    public SandboxBehaviours Behaviours { get; set; }

    public SandboxLimits Limits { get; set; }

    public FaultPlan Faults { get; set; }

    public IdSource Ids { get; }

    public BlobStore Blobs { get; }

    public List<AccountState> Accounts { get; }

    /// <summary>Every file, by link id.</summary>
    public Dictionary<string, StoredFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Every folder but the roots, by id.</summary>
    public Dictionary<long, StoredFolder> Folders { get; } = [];

    /// <summary>Where files of guests are; of nobody.</summary>
    public StoredFolder Guests { get; } = new() { Id = 0, Name = "", Owner = null };

    public UploadDesk Uploads { get; } = new();

    public TokenDesk Tokens { get; } = new();

    public RemoteDesk Remote { get; } = new();

    public Governor Governor { get; } = new();

    public RequestLog Log { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public AccountState? FindAccount(string? email) =>
        Accounts.Find(a => string.Equals(a.Email, email, StringComparison.OrdinalIgnoreCase));

    public AccountState? FindByKey(string key) =>
        Accounts.Find(a => a.Keys.GetValueOrDefault(key));

    public StoredFolder? FindFolder(AccountState owner, long id) => id switch
    {
        0 => owner.Root,
        StoredFolder.Incoming => owner.IncomingFolder,
        _ => Folders.GetValueOrDefault(id) is { } folder && folder.Owner == owner ? folder : null,
    };

    public void Dispose()
    {
        Remote.Dispose();
        journal?.Dispose();
        Blobs.Dispose();
    }
}

using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Staging;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

/// <summary>How a repository is opened.</summary>
internal sealed record BackupMode
{
    /// <summary>Only looking, as it is on the service and as the cache remembers it.</summary>
    public static readonly BackupMode Looking = new() { ReadsThroughCache = true };

    /// <summary>Reading what is really stored there.</summary>
    public static readonly BackupMode Reading = new();

    /// <summary>Reading what is really stored there, while nobody else of this machine works on the set.</summary>
    public static readonly BackupMode Checking = new() { Claims = true };

    /// <summary>Adding.</summary>
    public static readonly BackupMode Adding = new() { Claims = true, ReadsThroughCache = true };

    /// <summary>Removing.</summary>
    public static readonly BackupMode Removing = new() { Claims = true, ReadsThroughCache = true, MayRemove = true };

    public bool Claims { get; private init; }

    public bool ReadsThroughCache { get; private init; }

    public bool MayRemove { get; private init; }
}

/// <summary>A repository in use: restic, the gateway it goes through, and the account behind that.</summary>
internal sealed class BackupSession : IAsyncDisposable
{
    private static readonly TimeSpan TerminalRestraint = TimeSpan.FromSeconds(2);

    private readonly RemoteSession _remote;
    private readonly BackupClaim? _claim;
    private readonly BackupGateway _gateway;
    private readonly BlockCache? _cache;
    private readonly TimeProvider _time;
    private readonly long _started;

    private BackupSession(Call call, RemoteSession remote, BackupGateway gateway, (BackupClaim? Claim, BlockCache? Cache) held, BackupRepository repository)
    {
        (_remote, _gateway, _claim, _cache, _time, Repository) = (remote, gateway, held.Claim, held.Cache, call.Time, repository);
        _started = _time.GetTimestamp();
    }

    public BackupRepository Repository { get; }

    /// <summary>Requests to the service so far.</summary>
    public long Requests => _remote.Requests;

    /// <summary>Bytes sent to it.</summary>
    public long Sent => _gateway.Watch.Sent;

    /// <summary>Bytes fetched from it.</summary>
    public long Fetched => _gateway.Watch.Fetched;

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>What it has cost so far, in words.</summary>
    public string Cost => $"{Requests} requests, {Units.Size(Sent)} sent, {Units.Size(Fetched)} fetched, {Units.Duration(Elapsed)}";

    public static async Task<BackupSession> OpenAsync(Call call, BackupSet set, ResticProgram program, BackupMode mode, CancellationToken cancellationToken) =>
        await OpenAsync(call, set, program, (mode, await Session.BackupsOf(call).RequireAsync(set.Name, set.Record, cancellationToken)), cancellationToken);

    /// <summary>Opens a repository whose password is not stored yet.</summary>
    public static async Task<BackupSession> OpenAsync(Call call, BackupSet set, ResticProgram program, (BackupMode Mode, string Password) with, CancellationToken cancellationToken)
    {
        var remote = new RemoteSession(call);
        BackupClaim? claim = null;
        BlockCache? cache = null;
        try
        {
            claim = with.Mode.Claims ? await BackupClaim.TakeAsync(set.StateFolder(call), cancellationToken) : null;
            var spot = await remote.OpenAsync(Place.Parse(set.Record.Repository), cancellationToken);
            cache = with.Mode.ReadsThroughCache && spot.Place is RemotePlace ? CacheOf(call, set) : null;
            var gateway = await BackupGateway.StartAsync(GatewayOf(call, set, spot, (with.Mode.MayRemove, cache)), cancellationToken);
            call.Screen.Redactor.Hide(gateway.Secret);
            var access = new ResticAccess(gateway.Repository, with.Password, Path.Combine(set.CacheFolder(call), "restic")) { Mark = claim?.Mark ?? "" };
            var restic = new ResticRunner(program, access, call.Time) { Restraint = Console.IsInputRedirected ? TimeSpan.Zero : TerminalRestraint, Abandon = gateway.Watch.Hopeless };
            return new BackupSession(call, remote, gateway, (claim, cache), new BackupRepository(restic, gateway.Watch, spot.Path));
        }
        catch
        {
            cache?.Dispose();
            claim?.Dispose();
            remote.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _cache?.Dispose();
        _claim?.Dispose();
        _remote.Dispose();
    }

    private static BackupGatewayOptions GatewayOf(Call call, BackupSet set, Spot spot, (bool MayRemove, BlockCache? Cache) how) => new()
    {
        Volume = spot.Volume,
        Folder = spot.Path,
        SpoolFolder = Path.Combine(set.CacheFolder(call), "incoming"),
        MayRemove = how.MayRemove,
        Cache = how.Cache,
        Time = call.Time,
        Logs = call.Logs,
    };

    private static BlockCache CacheOf(Call call, BackupSet set) =>
        new(new BlockCacheOptions { Folder = Path.Combine(set.CacheFolder(call), "blocks"), MaxBytes = 256L << 20, Time = call.Time, Logger = call.Logs.CreateLogger("OneFichier.Drive") });
}

using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Migration;
using OneFichier.Server.Migration;
using OneFichier.Server.Store;

namespace OneFichier.Cli.Commands;

/// <summary>A worker's part in the migrations of its cluster: takes slices of whatever migration was begun, and sees it through when those who began it are gone; where it cannot work, as without a key, it leaves them to others and tries again later.</summary>
internal sealed class MigrateTeam : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    private readonly Call _call;
    private readonly string _name;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _working;

    private MigrateTeam(Call call, string name, ClusterAddress address)
    {
        (_call, _name) = (call, name);
        _working = WorkAsync(address);
    }

    /// <summary>Joins, where the run belongs to a cluster.</summary>
    public static MigrateTeam? Join(Call call, string name) => ClusterFlags.Of(call) is { } address ? new MigrateTeam(call, name, address) : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        _stop.Dispose();
    }

    private async Task WorkAsync(ClusterAddress address)
    {
        for (var turn = 1; !_stop.IsCancellationRequested; turn++)
        {
            try
            {
                await TakePartAsync(address, $"{_name}-{turn}");
                await Task.Delay(s_pause, _call.Time, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task TakePartAsync(ClusterAddress address, string node)
    {
        using var session = new RemoteSession(_call) { Volumes = new RemoteVolumeOptions { Sessions = 3 } };
        try
        {
            await using var store = await PostgresMigrations.OpenAsync(address, _call.Time, cancellationToken: _stop.Token);
            using var work = new MigrateWork(_call, session, store) { Options = new MigrationOptions { SpoolFolder = Path.Combine(_call.Places.CacheFolder, "migrate"), Time = _call.Time } };
            await using var part = await MigrationNode.JoinAsync(new MigrationNodeOptions(address, store, work) { Node = node, Time = _call.Time, Logs = _call.Logs }, _stop.Token);
            await part.CompleteAllAsync(_stop.Token);
        }
        catch (Exception e) when (e is FichierException or IOException or HttpRequestException or CliException)
        {
            _call.Screen.Warn($"No part in migrations for now: {e.Message}");
        }
    }
}

using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Staging;
using OneFichier.Server.Tokens;

namespace OneFichier.Cli.Commands;

/// <summary>The spool of a server: changes are taken onto this machine's disk, and go in batches. At the end what waits is sent, for a while, and else kept for the next time.</summary>
internal sealed class WaitingChanges : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Call _call;

    private WaitingChanges(Call call, IVolume volume) => (_call, Volume) = (call, volume);

    /// <summary>The volume, with the spool where there is one.</summary>
    public IVolume Volume { get; }

    /// <summary>Puts the spool over a tree whose changes are paid for in requests.</summary>
    public static WaitingChanges Over(Call call, ServedTree tree, TimeSpan quiet)
    {
        if (tree.ReadOnly || quiet <= TimeSpan.Zero || tree.Remote is null)
            return new WaitingChanges(call, tree.Volume);

        var spool = new SpoolOptions
        {
            Folder = Path.Combine(call.Places.CacheFolder, tree.Remote, "spool", "gateway"),
            Quiet = quiet,
            Time = call.Time,
            Logger = call.Logs.CreateLogger("OneFichier.Drive"),
        };
        try
        {
            return new WaitingChanges(call, VolumeLayers.Build(tree.Volume, new VolumeLayerOptions { Spool = spool }));
        }
        catch (IOException e)
        {
            throw new CliException(ExitCodes.Failed, $"The spool cannot be used: {e.Message}", "If another server has it, serve all faces by one, or start this one with --write-back 0s");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Volume is not SpooledVolume spooled)
            return;

        await using (spooled)
        {
            if (Count(spooled.State) > 0)
                await DrainAsync(spooled);
        }
    }

    private async Task DrainAsync(SpooledVolume spooled)
    {
        _call.Screen.Note($"Sending what waits ({Count(spooled.State)}) …");
        using var patience = new CancellationTokenSource(Patience, _call.Time);
        try
        {
            await spooled.DrainAsync(patience.Token);
        }
        catch (Exception e) when (e is IOException or FichierException or OperationCanceledException)
        {
            _call.Screen.Warn($"{Count(spooled.State)} changes still wait on this machine, and are sent the next time: {e.Message}");
        }
    }

    private static int Count(StagingState state) => state.Files + state.Changes;
}

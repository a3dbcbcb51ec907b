using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Staging;
using OneFichier.Server.Tokens;

namespace OneFichier.Cli.Commands;

/// <summary>
/// The disk of a server: what is read is kept on it, and changes are taken onto it and go in batches. At the end what waits is sent, for a while, and else kept for the next time.
/// </summary>
internal sealed class ServerDisk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Call _call;
    private readonly BlockCache? _blocks;

    private ServerDisk(Call call, IVolume volume, BlockCache? blocks = null) => (_call, Volume, _blocks) = (call, volume, blocks);

    /// <summary>The volume, over the disk where that saves anything.</summary>
    public IVolume Volume { get; }

    /// <summary>Puts cache and spool over a tree that is paid for in requests.</summary>
    /// <param name="call">The run.</param>
    /// <param name="tree">What is served.</param>
    /// <param name="quiet">How long changes wait; zero for none.</param>
    /// <param name="cacheSize">Bytes of the cache; zero for none, null for as many as fit well.</param>
    public static ServerDisk Over(Call call, ServedTree tree, TimeSpan quiet, long? cacheSize)
    {
        if (tree.Remote is null)
            return new ServerDisk(call, tree.Volume);

        var (folder, logger) = (Path.Combine(call.Places.CacheFolder, tree.Remote), call.Logs.CreateLogger("OneFichier.Drive"));
        var blocks = cacheSize == 0 ? null : new BlockCache(new BlockCacheOptions { Folder = Path.Combine(folder, "blocks"), MaxBytes = cacheSize, Time = call.Time, Logger = logger });
        var spool = tree.ReadOnly || quiet <= TimeSpan.Zero ? null : new SpoolOptions { Folder = Path.Combine(folder, "spool", "gateway"), Quiet = quiet, Time = call.Time, Logger = logger };
        try
        {
            return new ServerDisk(call, VolumeLayers.Build(tree.Volume, new VolumeLayerOptions { Cache = blocks is null ? null : new CacheLayer(blocks), Spool = spool }), blocks);
        }
        catch (IOException e)
        {
            blocks?.Dispose();
            throw new CliException(ExitCodes.Failed, $"The spool cannot be used: {e.Message}", "If another server has it, serve all faces by one, or start this one with --write-back 0s");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Volume is SpooledVolume spooled)
        {
            if (Count(spooled.State) > 0)
                await DrainAsync(spooled);
            await spooled.DisposeAsync();
        }

        _blocks?.Dispose();
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

using OneFichier.Drive.Staging;
using OneFichier.Drive.Tests.Volumes;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>What every volume promises, read through a cache, and with changes that wait above it.</summary>
public abstract class CachedVolumeSuite(bool remote, bool spooled) : VolumeSuite
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private Stage? _stage;
    private BlockCache _cache = null!;

    protected override int Steps => 20;

    protected override async Task<IVolume> CreateAsync()
    {
        _cache = new BlockCache(new BlockCacheOptions { Folder = _folder["cache"], MaxBytes = 1 << 30, Time = _time });
        if (remote)
            _stage = await Stage.SetAsync();
        IVolume inner = _stage is null ? new MemoryVolume() : new RemoteVolume(_stage.Tree, new RemoteVolumeOptions { JournalFolder = _folder["uploads"] });
        return VolumeLayers.Build(inner, new VolumeLayerOptions
        {
            Cache = new CacheLayer(_cache),
            Spool = spooled ? new SpoolOptions { Folder = _folder["spool"], Time = _time } : null,
        });
    }

    protected override async ValueTask CleanUpAsync()
    {
        _cache.Dispose();
        if (_stage is not null)
            await _stage.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class CachedMemoryTests() : CachedVolumeSuite(remote: false, spooled: false);

public sealed class CachedRemoteTests() : CachedVolumeSuite(remote: true, spooled: false);

public sealed class CachedAndSpooledRemoteTests() : CachedVolumeSuite(remote: true, spooled: true);

/// <summary>What reading through the cache asks of the service.</summary>
public sealed class CachedRemoteCosts : IDisposable
{
    private const int Files = 100;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_beginnings_of_a_hundred_files_cost_a_token_each_and_after_that_nothing_also_after_a_restart()
    {
        await using var stage = await Stage.SetAsync();
        for (var n = 0; n < Files; n++)
            stage.Control.AddGeneratedFile($"f/{n}", 300_000, (ulong)n);
        await BeginningsAsync(stage);
        Assert.Equal(Files, stage.Control.Requests.Count(r => r.Endpoint == "download/get_token"));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            stage.Control.ResetLog();
            await BeginningsAsync(stage);
            Assert.Empty(stage.Control.Requests);
        }
    }

    private async Task BeginningsAsync(Stage stage)
    {
        using var cache = new BlockCache(new BlockCacheOptions { Folder = _folder["cache"], Time = stage.Time });
        var volume = new CachedVolume(new RemoteVolume(stage.Tree), cache);
        for (var n = 0; n < Files; n++)
        {
            for (var open = 0; open < 2; open++)
            {
                await using var stream = await volume.OpenAsync(VolumePath.Parse($"f/{n}"));
                await stream.ReadExactlyAsync(new byte[65_536]);
            }
        }
    }
}

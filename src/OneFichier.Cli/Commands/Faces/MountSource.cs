using System.Security.Cryptography;
using System.Text;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Staging;

namespace OneFichier.Cli.Commands;

/// <summary>How what is mounted is kept.</summary>
internal sealed record MountSourceOptions
{
    public bool ReadOnly { get; init; }

    /// <summary>As <see cref="SpoolOptions.Quiet"/>.</summary>
    public TimeSpan Quiet { get; init; }

    /// <summary>As <see cref="RemoteTreeOptions.MaxAge"/>.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>As <see cref="BlockCacheOptions.MaxBytes"/>.</summary>
    public long? CacheSize { get; init; }
}

/// <summary>What is mounted: a folder of an account, with the cache and the spool in front of it.</summary>
internal sealed class MountSource : IAsyncDisposable
{
    private readonly RemoteSession _session;
    private readonly SpooledVolume _spooled;
    private readonly string? _passing;

    private MountSource(RemoteSession session, SpooledVolume spooled, string? passing) => (_session, _spooled, _passing) = (session, spooled, passing);

    public IVolume Volume => _spooled;

    public IWritableFiles Files => _spooled;

    /// <summary>Opens it, and makes sure that the folder is there and can be listed.</summary>
    public static async Task<MountSource> OpenAsync(Call call, Place place, MountSourceOptions options, CancellationToken cancellationToken)
    {
        // A name that was not there a moment ago is asked for again and again by shells and file managers; the listing that told is believed as long as any other.
        var session = new RemoteSession(call, new RemoteTreeOptions { MaxAge = options.MaxAge, ProofAge = options.MaxAge })
        {
            Volumes = new RemoteVolumeOptions { Logger = call.Logs.CreateLogger("OneFichier.Drive") },
        };
        try
        {
            var spot = await session.OpenAsync(place, cancellationToken);
            await spot.FindAsync(EntryKind.Folder, cancellationToken);
            spot = spot.Alone();
            Freshness.Tell(call.Screen, spot, spot.Path, await spot.Volume.ListAsync(spot.Path, cancellationToken));
            var passing = options.ReadOnly ? Directory.CreateTempSubdirectory("fichier-mount-").FullName : null;
            var folder = passing ?? Path.Combine(call.Places.CacheFolder, "spool", await KeyAsync(session, place, cancellationToken));
            return new MountSource(session, Layered(call, session, spot, folder, options), passing);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _spooled.DisposeAsync();
        _session.Dispose();
        if (_passing is not null)
            Directory.Delete(_passing, recursive: true);
    }

    private static SpooledVolume Layered(Call call, RemoteSession session, Spot spot, string spool, MountSourceOptions options)
    {
        var logger = call.Logs.CreateLogger("OneFichier.Drive");
        // What lies on this machine's disk need not be there twice.
        var cache = spot.Place is LocalPlace ? null : new CacheLayer(session.Own(new BlockCache(new BlockCacheOptions
        {
            Folder = Path.Combine(call.Places.CacheFolder, "blocks"),
            MaxBytes = options.CacheSize,
            Time = call.Time,
            Logger = logger,
        })));
        return (SpooledVolume)VolumeLayers.Build(spot.Volume, new VolumeLayerOptions
        {
            Cache = cache,
            Spool = new SpoolOptions { Folder = spool, Quiet = options.Quiet, Time = call.Time, Logger = logger },
        });
    }

    /// <summary>The same for every mount of one place, so that the next one finds what this one could not send.</summary>
    private static async Task<string> KeyAsync(RemoteSession session, Place place, CancellationToken cancellationToken)
    {
        var identity = place switch
        {
            RemotePlace at when session.IsEncrypted(at) => $"encrypted {at.Account} {at.Path.Path}",
            RemotePlace at => $"account {(await session.ClientAsync(at, cancellationToken)).Options.StateFolder} {at.Path}",
            LocalPlace at => $"disk {Path.GetFullPath(at.Text)}",
            _ => throw CliException.Usage($"'{Escaping.Visible(place.Text)}' cannot be mounted for writing.", "Add --read-only, or mount a folder as 1f:docs"),
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
    }
}

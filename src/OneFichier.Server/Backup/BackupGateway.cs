using Microsoft.Extensions.Logging;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Drive.Staging;
using OneFichier.Gateways.Restic;

namespace OneFichier.Server.Backup;

/// <summary>The restic face on a free port of the loopback address, for one repository and one run. What it answered is stored: nothing waits here.</summary>
public sealed class BackupGateway : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly GatewayHost _host;

    private BackupGateway(GatewayHost host, VolumeWatch watch, OneRunDoor door) =>
        (_host, Watch, Secret, Repository) = (host, watch, door.Secret, $"rest:http://{door.User}:{door.Secret}@{host.Url.Authority}/");

    /// <summary>The repository, as restic writes it, with the credential of this run.</summary>
    public string Repository { get; }

    /// <summary>The password of this run, to be kept out of what is shown.</summary>
    public string Secret { get; }

    /// <summary>What became of the service's answers.</summary>
    public VolumeWatch Watch { get; }

    /// <summary>Starts it.</summary>
    public static async Task<BackupGateway> StartAsync(BackupGatewayOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PrivateFile.MakeFolder(options.SpoolFolder);
        var watch = new VolumeWatch(options.Volume);
        var volume = VolumeLayers.Build(watch, new VolumeLayerOptions { Cache = options.Cache is { } blocks ? new CacheLayer(blocks) : null });
        var door = new OneRunDoor(volume, new AccessScope { Level = options.MayRemove ? AccessLevel.Write : AccessLevel.Append, Path = options.Folder });
        var host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                Gatekeeper = door,
                Faces = [ResticGateway.Face(new ResticOptions { AppendOnly = !options.MayRemove, SpoolFolder = options.SpoolFolder })],
                StopPatience = StopPatience,
                Time = options.Time,
                Logs = options.Logs,
            },
            cancellationToken);
        return new BackupGateway(host, watch, door);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Watch.Dispose();
    }
}

/// <summary>How a repository is reached.</summary>
public sealed record BackupGatewayOptions
{
    /// <summary>The volume.</summary>
    public required IVolume Volume { get; init; }

    /// <summary>The folder of the repository in it.</summary>
    public required VolumePath Folder { get; init; }

    /// <summary>Where objects wait until they are whole; for its owner alone. They have no name there.</summary>
    public required string SpoolFolder { get; init; }

    /// <summary>Whether snapshots and data may be removed; default only added, locks excepted.</summary>
    public bool MayRemove { get; init; }

    /// <summary>Keeps what is read, so that looking again asks the service nothing; default the service itself is read.</summary>
    public BlockCache? Cache { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told what happens.</summary>
    public ILoggerFactory? Logs { get; init; }
}

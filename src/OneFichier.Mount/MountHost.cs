using Microsoft.Extensions.Logging;
using OneFichier.Drive;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

/// <summary>A volume that is mounted, from the call of <see cref="StartAsync"/> until somebody unmounts it.</summary>
public sealed class MountHost : IAsyncDisposable
{
    private static readonly TimeSpan WaitForPrograms = TimeSpan.FromSeconds(5);
    private readonly MountOptions _options;
    private readonly VolumeFileSystem _system;
    private readonly FuseConnection _connection;

    private MountHost(MountOptions options, VolumeFileSystem system, FuseConnection connection) => (_options, _system, _connection) = (options, system, connection);

    /// <summary>Done when it is not mounted any more, whoever ended it; failed when the device broke.</summary>
    public Task Ended => _connection.Ended;

    /// <summary>Why nothing can be mounted on this machine, and what to do about it; <see langword="null"/> when something can.</summary>
    public static string? Obstacle() => FuseDevice.Missing();

    /// <summary>Makes sure that something can be mounted on a folder. A mount of ours whose process has died is taken away.</summary>
    /// <returns>The folder's full path.</returns>
    /// <exception cref="IOException">It is not there, or there is a mount on it; the message says what to do.</exception>
    public static async Task<string> ClearAsync(string folder, ILogger logger, CancellationToken cancellationToken = default)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (MountTable.At(full) is { } mounted)
        {
            var dead = mounted.IsDead();
            if (dead && !mounted.IsOurs)
                throw new IOException($"On '{full}' lies a dead mount of another program ({mounted.Type}). To take it away: fusermount3 -u '{full}'");
            if (!dead && mounted.IsOurs)
                throw new IOException($"'{full}' is mounted already. To end that: fusermount3 -u '{full}'");
            if (dead)
            {
                logger.LogWarning("A mount on '{Folder}' whose process has died is taken away.", full);
                await FuseMount.UnmountAsync(full, lazy: true, cancellationToken);
            }
        }

        return Directory.Exists(full) ? full : throw new DirectoryNotFoundException($"There is no folder '{full}' to mount on.");
    }

    /// <summary>Mounts a volume. When this returns, programs can use it. A mount of ours whose process has died is taken away first.</summary>
    /// <param name="volume">The tree of names.</param>
    /// <param name="files">The content of its files; with the volume kept by the caller, who disposes of it after this.</param>
    /// <param name="options">Where, and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">It cannot be mounted there; the message says why.</exception>
    public static async Task<MountHost> StartAsync(IVolume volume, IWritableFiles files, MountOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options with { Folder = await ClearAsync(options.Folder, options.Logger, cancellationToken) };
        var mount = new FuseMountOptions(options.Folder) { Source = options.Source, ReadOnly = options.ReadOnly, AllowOther = options.AllowOther };
        var device = await FuseMount.MountAsync(mount, cancellationToken);
        var system = new VolumeFileSystem(volume, files, options.Look with { ReadOnly = options.ReadOnly });
        var connection = new FuseConnection(device, system, new FuseOptions { Patience = options.Patience, Time = options.Time, Logger = options.Logger });
        connection.Start();
        if (MountTable.At(options.Folder) is { } mounted)
            MountTable.ReadAhead(mounted, options.ReadAhead);
        return new MountHost(options, system, connection);
    }

    /// <summary>
    /// Unmounts. Programs that still use it are waited for a few seconds; then it goes out of sight, and they can use what they have open until this process ends.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Ended.IsCompleted)
            return;
        var asked = _options.Time.GetTimestamp();
        while (!await FuseMount.UnmountAsync(_options.Folder, cancellationToken: cancellationToken) && !Ended.IsCompleted)
        {
            if (_options.Time.GetElapsedTime(asked) > WaitForPrograms)
            {
                _options.Logger.LogWarning("'{Folder}' is in use; it is unmounted behind those who use it.", _options.Folder);
                await FuseMount.UnmountAsync(_options.Folder, lazy: true, cancellationToken);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), _options.Time, cancellationToken);
        }
    }

    /// <summary>Unmounts and closes what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Task.WhenAny(Ended, Task.Delay(WaitForPrograms, _options.Time));
        _connection.Dispose();
        await _system.DisposeAsync();
    }

}

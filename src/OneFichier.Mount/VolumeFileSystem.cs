using OneFichier.Drive;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

/// <summary>
/// A volume as a file system: names and numbers of nodes on the one side, paths on the other. A node stays itself when it, or a folder above it, is renamed, and an open file when its name
/// is removed. What is asked of a path while it is being renamed is asked again of the new one.
/// </summary>
/// <remarks>
/// Permissions, owners and the times of folders are remembered while the file system lives, and are lost with it: no volume can keep them.
/// Extended attributes, symbolic and hard links are not there.
/// </remarks>
public sealed partial class VolumeFileSystem : IFuseFileSystem, IAsyncDisposable
{
    /// <summary>The longest name a file can be given, in bytes, as on other file systems, where the volume sets no lower limit; longer ones of the volume are shown.</summary>
    public const int LongestName = 255;

    private readonly IVolume _volume;
    private readonly IWritableFiles _files;
    private readonly VolumeFileSystemOptions _options;
    private readonly NodeTable _nodes = new();
    private readonly HandleTable<OpenedFile> _open = new();
    private readonly HandleTable<OpenedFolder> _openFolders = new();
    private readonly RenameGate _renames = new();
    private readonly DateTimeOffset _born;
    private readonly Lazy<int> _longestName;

    /// <param name="volume">The tree of names.</param>
    /// <param name="files">The content of the same volume's files.</param>
    /// <param name="options">How it looks.</param>
    public VolumeFileSystem(IVolume volume, IWritableFiles files, VolumeFileSystemOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(files);
        (_volume, _files, _options) = (volume, files, options ?? new VolumeFileSystemOptions());
        _born = _options.Time.GetUtcNow();
        _longestName = new Lazy<int>(FindLongestName);
    }

    /// <summary>How many nodes the kernel holds, or are kept for what was set on them.</summary>
    public int Nodes => _nodes.Count;

    /// <inheritdoc/>
    public Errno ErrorOf(Exception exception) => VolumeErrors.Of(exception);

    /// <inheritdoc/>
    public void Forget(ulong node, ulong lookups) => _nodes.Forget(node, lookups);

    /// <inheritdoc/>
    public async ValueTask<FuseSpace> SpaceAsync(CancellationToken cancellationToken)
    {
        const long endless = 1L << 50;
        var space = _volume.Feature<IVolumeSpace>() is { } known ? await known.SpaceAsync(cancellationToken) : null;
        var free = space?.Available ?? endless;
        return new FuseSpace((space?.Used ?? 0) + free, free, (uint)_longestName.Value);
    }

    /// <summary>Closes what programs have left open.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _open.Clear())
            await opened.CloseAsync();
        _renames.Dispose();
    }

    /// <summary>Does something at the place of a node, or of a name in it; again if the place moved meanwhile.</summary>
    private async ValueTask<T> AtAsync<T>(Node node, string? name, Func<VolumePath, ValueTask<T>> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            var path = _nodes.PathOf(node, name);
            try
            {
                var result = await act(path);
                if (result is not null || !await HasMovedAsync(node, name, path, cancellationToken))
                    return result;
            }
            catch (PathNotFoundException)
            {
                if (!await HasMovedAsync(node, name, path, cancellationToken))
                    throw;
            }
        }
    }

    private async ValueTask<bool> HasMovedAsync(Node node, string? name, VolumePath path, CancellationToken cancellationToken)
    {
        await _renames.SettledAsync(path, cancellationToken);
        return _nodes.PathOf(node, name) != path;
    }

    private void RefuseIfReadOnly()
    {
        if (_options.ReadOnly)
            throw new FuseException(Errno.EROFS);
    }

    private static void RefuseTooLong(string name)
    {
        if (name.Length > LongestName || FileNames.ToBytes(name) is not { Length: <= LongestName })
            throw new FuseException(Errno.ENAMETOOLONG);
    }

    /// <summary>What programs are told of plain letters; a volume that writes names otherwise may take fewer.</summary>
    private int FindLongestName()
    {
        var longest = LongestName;
        while (longest > 1 && !Fits(longest))
            longest--;
        return longest;
    }

    private bool Fits(int length)
    {
        try
        {
            _volume.Feature<IStorageLimits>()?.CheckNames(VolumePath.Root.Combine(new string('n', length)));
            return true;
        }
        catch (PathTooLongException)
        {
            return false;
        }
    }

    private static void ThrowIfFailed(IReadOnlyList<ItemResult> results)
    {
        if (results[0].Error is { } error)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
    }
}

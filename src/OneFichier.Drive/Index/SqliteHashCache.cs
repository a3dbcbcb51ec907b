using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Index;

/// <summary>
/// A memory of checksums in a file that several processes share, bounded by forgetting what was not asked for in a year. Its format is written in docs/spec/local-volume.md. A damaged file is thrown away; where the
/// disk is full, read-only or otherwise unwilling, nothing is remembered and that is said once.
/// </summary>
public sealed class SqliteHashCache : IHashCache, IDisposable
{
    private readonly UnfailingFile<HashFile> _file;
    private readonly TimeProvider _time;

    /// <summary>Uses a file, made for its owner alone when it is first needed.</summary>
    /// <param name="path">Where it is, usually <c>hashes.db</c> in the state folder.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="logger">Where warnings go; default nowhere.</param>
    public SqliteHashCache(string path, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _time = time ?? TimeProvider.System;
        _file = new UnfailingFile<HashFile>(path, () => new HashFile(path, _time.GetUtcNow()), "Checksums of files on this machine", logger);
    }

    /// <summary>Whether the file cannot be used and nothing is remembered.</summary>
    public bool IsOff => _file.IsOff;

    /// <inheritdoc/>
    public WhirlpoolHash? Find(HashedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _file.On(f => f.Find(file, _time.GetUtcNow()));
    }

    /// <inheritdoc/>
    public void Remember(HashedFile file, WhirlpoolHash checksum)
    {
        ArgumentNullException.ThrowIfNull(file);
        _file.On<object>(f =>
        {
            f.Put(file, checksum, _time.GetUtcNow());
            return null;
        });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Index;

/// <summary>
/// A memory of checksums in a file that several processes share, bounded by forgetting what was not asked for in a year. Its format is written in docs/spec/local-volume.md. A damaged file is thrown away; where the
/// disk is full, read-only or otherwise unwilling, nothing is remembered and that is said once.
/// </summary>
public sealed class SqliteHashCache : IHashCache, IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger? _logger;
    private HashFile? _file;
    private bool _unwilling;

    /// <summary>Uses a file, made for its owner alone when it is first needed.</summary>
    /// <param name="path">Where it is, usually <c>hashes.db</c> in the state folder.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="logger">Where warnings go; default nowhere.</param>
    public SqliteHashCache(string path, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _time, _logger) = (path, time ?? TimeProvider.System, logger);
    }

    /// <summary>Whether the file cannot be used and nothing is remembered.</summary>
    public bool IsOff
    {
        get
        {
            lock (_gate)
                return _unwilling;
        }
    }

    /// <inheritdoc/>
    public WhirlpoolHash? Find(HashedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return On(f => f.Find(file, _time.GetUtcNow()));
    }

    /// <inheritdoc/>
    public void Remember(HashedFile file, WhirlpoolHash checksum)
    {
        ArgumentNullException.ThrowIfNull(file);
        On(f =>
        {
            f.Put(file, checksum, _time.GetUtcNow());
            return null;
        });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Close();
            _unwilling = true;
        }
    }

    private WhirlpoolHash? On(Func<HashFile, WhirlpoolHash?> work)
    {
        lock (_gate)
        {
            for (var tries = 1; !_unwilling; tries++)
            {
                try
                {
                    if (tries == 3)
                        ThrowAway();
                    return work(_file ??= new HashFile(_path, _time.GetUtcNow()));
                }
                catch (Exception e) when (tries < 4 && DamagedIndex.IsDamage(e))
                {
                    // Another process may have put it right already, so it is opened once more before it is given up.
                    Close();
                }
                catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or DllNotFoundException or FichierException || DamagedIndex.IsDamage(e))
                {
                    Close();
                    _unwilling = true;
                    _logger?.LogWarning("Checksums of files on this machine are not remembered: {Reason}", e.Message);
                }
            }

            return null;
        }
    }

    private void ThrowAway()
    {
        foreach (var part in (string[])["", "-wal", "-shm"])
            File.Delete(_path + part);
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}

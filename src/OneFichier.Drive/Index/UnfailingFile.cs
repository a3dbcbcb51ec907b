using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Index;

/// <summary>
/// A memory in a file that is good to have and never needed: a damaged one is thrown away, and where the disk is full, read-only or otherwise unwilling nothing is remembered, which is
/// said once.
/// </summary>
internal sealed class UnfailingFile<TFile>(string path, Func<TFile> open, string whatIsLost, ILogger? logger) : IDisposable
    where TFile : class, IDisposable
{
    private readonly Lock _gate = new();
    private TFile? _file;
    private bool _unwilling;

    public bool IsOff
    {
        get
        {
            lock (_gate)
                return _unwilling;
        }
    }

    public T? On<T>(Func<TFile, T?> work)
    {
        lock (_gate)
        {
            for (var tries = 1; !_unwilling; tries++)
            {
                try
                {
                    if (tries == 3)
                        ThrowAway();
                    return work(_file ??= open());
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
                    logger?.LogWarning("{What} are not remembered: {Reason}", whatIsLost, e.Message);
                }
            }

            return default;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
            _unwilling = true;
        }
    }

    private void ThrowAway()
    {
        foreach (var part in (string[])["", "-wal", "-shm"])
            File.Delete(path + part);
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}

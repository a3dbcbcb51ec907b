using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OneFichier.Drive.Index;

/// <summary>The connections of this process to the index file: one that writes, and one for each thread that reads at the moment, up to a few. So no reader waits for a writer.</summary>
internal sealed class IndexPool(string path) : IDisposable
{
    private const int MostReaders = 4;
    private const int WriterCacheKiB = 16_000;
    private const int ReaderCacheKiB = 4_000;
    private const long LongLog = 16 << 20;

    private readonly Lock _writing = new();
    private readonly SemaphoreSlim _turns = new(MostReaders);
    private readonly ConcurrentStack<IndexFile> _idle = [];
    private IndexFile? _writer;
    private long _nextLook = LongLog;
    private volatile bool _closed;

    public T Read<T>(Func<IndexFile, T> work)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _turns.Wait();
        try
        {
            var file = _idle.TryPop(out var idle) ? idle : new IndexFile(path, ReaderCacheKiB);
            try
            {
                return work(file);
            }
            finally
            {
                _idle.Push(file);
                if (_closed)
                    CloseIdle();
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Makes a change, whole or not at all.</summary>
    public void Write(Action<IndexWriter> change)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _writer ??= new IndexFile(path, WriterCacheKiB);
            _writer.Write(change);
            ShortenLog(_writer);
        }
    }

    /// <summary>Closes what is idle, and the rest as soon as it is.</summary>
    public void Dispose()
    {
        _closed = true;
        CloseIdle();
        lock (_writing)
            Close(_writer);
    }

    /// <summary>SQLite begins its log anew only at a moment when nobody reads. Where somebody always does, that moment is made.</summary>
    private void ShortenLog(IndexFile writer)
    {
        var log = new FileInfo(path + "-wal");
        if (!log.Exists || log.Length < _nextLook)
            return;
        writer.ShortenLog();
        log.Refresh();
        _nextLook = (log.Exists ? log.Length : 0) + LongLog;
    }

    private void CloseIdle()
    {
        while (_idle.TryPop(out var file))
            Close(file);
    }

    private static void Close(IndexFile? file)
    {
        try
        {
            file?.Dispose();
        }
        catch (SqliteException)
        {
            // What failed was told when it failed; the connection is gone in any case.
        }
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Index;

/// <summary>
/// A listing store in a file that several processes share and that outlives them. Its format is written in docs/spec/index.md. A damaged file is moved aside and built anew; where the disk is full, read-only or
/// otherwise unwilling, the store goes on in memory and says so once.
/// </summary>
public sealed class SqliteListingStore : IListingStore
{
    private static readonly TimeSpan LongestLag = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly ILogger? _logger;
    private IndexPool? _pool;
    private IndexPool? _last;
    private MemoryListingStore? _instead;
    private volatile bool _disposed;

    /// <summary>Opens or makes the file, for its owner alone.</summary>
    /// <param name="path">Where it is, usually <c>index.db</c> in the state folder of the account.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="logger">Where warnings go; default nowhere.</param>
    /// <exception cref="FichierException">A newer version wrote the file.</exception>
    public SqliteListingStore(string path, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _logger = logger;
        var now = (time ?? TimeProvider.System).GetUtcNow();
        if (Read(f => f.HasWritesBefore(now - LongestLag), _ => false))
            Write(w => w.Prune(now - LongestLag), _ => { });
    }

    /// <summary>Whether the file could not be used and the store lives in memory.</summary>
    public bool InMemory
    {
        get
        {
            lock (_gate)
                return _instead is not null;
        }
    }

    /// <inheritdoc/>
    public TimeSpan ObservedLag => Read(f => f.Fact(IndexWriter.ObservedLag), m => m.ObservedLag);

    /// <inheritdoc/>
    public ListingState? StateOf(FolderId folder) => Read(f => f.StateOf(folder), m => m.StateOf(folder));

    /// <inheritdoc/>
    public FolderSnapshot? Read(FolderId folder) => Read(f => f.Read(folder), m => m.Read(folder));

    /// <inheritdoc/>
    public IReadOnlyList<RemoteFolder> FoldersNamed(FolderId parent, string name) => Read(f => f.FoldersNamed(parent, name), m => m.FoldersNamed(parent, name));

    /// <inheritdoc/>
    public IReadOnlyList<ListedFile> FilesNamed(FolderId parent, string name) => Read(f => f.FilesNamed(parent, name), m => m.FilesNamed(parent, name));

    /// <inheritdoc/>
    public IReadOnlyList<ListedFile> FilesOfSize(long size, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return Read(f => f.FilesOfSize(size, most), m => m.FilesOfSize(size, most));
    }

    /// <inheritdoc/>
    public IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return Read(f => f.SizesHeld(sizes), m => m.SizesHeld(sizes));
    }

    /// <inheritdoc/>
    public FolderId? ParentOf(FolderId folder) => Read(f => f.ParentOf(folder), m => m.ParentOf(folder));

    /// <inheritdoc/>
    public DueFolders Due(FolderId start, DateTimeOffset listedBefore, int most) => Read(f => f.Due(start, listedBefore, most), m => m.Due(start, listedBefore, most));

    /// <inheritdoc/>
    public void Put(FolderSnapshot snapshot, TimeSpan lag) => Write(w => w.Put(snapshot, lag), m => m.Put(snapshot, lag));

    /// <inheritdoc/>
    public void PutEmpty(FolderId folder, DateTimeOffset at) => Write(w => w.PutEmpty(folder, at), m => m.PutEmpty(folder, at));

    /// <inheritdoc/>
    public void Apply(IReadOnlyList<OwnWrite> writes) => Write(w => w.Apply(writes), m => m.Apply(writes));

    /// <inheritdoc/>
    public void SetModTimes(IReadOnlyList<(FolderId Folder, FileLink Link, DateTimeOffset ModTime)> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        Write(w => w.SetModTimes(times), m => m.SetModTimes(times));
    }

    /// <inheritdoc/>
    public void Expire(FolderId folder) => Write(w => w.Expire(folder), m => m.Expire(folder));

    /// <inheritdoc/>
    public void Vouch(FolderId folder, DateTimeOffset listedAt) => Write(w => w.Vouch(folder, listedAt), m => m.Vouch(folder, listedAt));

    /// <inheritdoc/>
    public void Forget(FolderId folder) => Write(w => w.Forget(folder), m => m.Forget(folder));

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _pool?.Dispose();
            _last?.Dispose();
            (_pool, _last) = (null, null);
        }
    }

    private T Read<T>(Func<IndexFile, T> inFile, Func<IListingStore, T> inMemory) => On(p => p.Read(inFile), inMemory);

    private void Write(Action<IndexWriter> inFile, Action<IListingStore> inMemory) => On<object?>(
        p =>
        {
            p.Write(inFile);
            return null;
        },
        m =>
        {
            inMemory(m);
            return null;
        });

    private T On<T>(Func<IndexPool, T> inFile, Func<IListingStore, T> inMemory)
    {
        for (var tries = 1; Current() is { } pool; tries++)
        {
            try
            {
                return inFile(pool);
            }
            catch (Exception e) when (tries < 4 && DamagedIndex.IsDamage(e))
            {
                // Another process may have put it right already, so it is opened once more before it is given up.
                GiveUp(pool, () => StartAnew(pool, moveAside: tries == 2));
            }
            catch (Exception e) when (DamagedIndex.IsHindrance(e))
            {
                GiveUp(pool, () => GoOnInMemory(pool, e));
            }
            catch (ObjectDisposedException) when (!_disposed)
            {
                // Another thread gave these connections up.
            }
        }

        return inMemory(_instead!);
    }

    /// <summary>The connections in use; none when the store lives in memory.</summary>
    private IndexPool? Current()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _instead is null ? _pool ??= new IndexPool(_path) : null;
        }
    }

    /// <summary>Does what follows when connections are of no use, once for all threads that found it out.</summary>
    private void GiveUp(IndexPool pool, Action next)
    {
        lock (_gate)
        {
            if (_pool != pool)
                return;
            _pool = null;
            next();
        }
    }

    private void StartAnew(IndexPool pool, bool moveAside)
    {
        pool.Dispose();
        try
        {
            if (moveAside)
                DamagedIndex.MoveAside(_path, _logger);
        }
        catch (Exception e) when (DamagedIndex.IsHindrance(e))
        {
            GoOnInMemory(pool, e);
        }
    }

    private void GoOnInMemory(IndexPool pool, Exception reason)
    {
        _logger?.LogWarning("The index {Path} cannot be used, so listings are remembered in memory only: {Reason}", _path, reason.Message);
        _last = pool;
        _instead = new MemoryListingStore(new LastReadings(pool));
    }
}

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
    private IndexFile? _file;
    private MemoryListingStore? _instead;
    private bool _disposed;

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
        On(f => f.Write(w => w.Prune(now - LongestLag)), _ => { });
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
    public TimeSpan ObservedLag => On(f => f.Fact(IndexWriter.ObservedLag), m => m.ObservedLag);

    /// <inheritdoc/>
    public ListingState? StateOf(FolderId folder) => On(f => f.StateOf(folder), m => m.StateOf(folder));

    /// <inheritdoc/>
    public FolderSnapshot? Read(FolderId folder) => On(f => f.Read(folder), m => m.Read(folder));

    /// <inheritdoc/>
    public IReadOnlyList<RemoteFolder> FoldersNamed(FolderId parent, string name) => On(f => f.FoldersNamed(parent, name), m => m.FoldersNamed(parent, name));

    /// <inheritdoc/>
    public IReadOnlyList<ListedFile> FilesNamed(FolderId parent, string name) => On(f => f.FilesNamed(parent, name), m => m.FilesNamed(parent, name));

    /// <inheritdoc/>
    public IReadOnlyList<ListedFile> FilesOfSize(long size, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return On(f => f.FilesOfSize(size, most), m => m.FilesOfSize(size, most));
    }

    /// <inheritdoc/>
    public IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return On(f => f.SizesHeld(sizes), m => m.SizesHeld(sizes));
    }

    /// <inheritdoc/>
    public FolderId? ParentOf(FolderId folder) => On(f => f.ParentOf(folder), m => m.ParentOf(folder));

    /// <inheritdoc/>
    public void Put(FolderSnapshot snapshot, TimeSpan lag) => On(f => f.Write(w => w.Put(snapshot, lag)), m => m.Put(snapshot, lag));

    /// <inheritdoc/>
    public void PutEmpty(FolderId folder, DateTimeOffset at) => On(f => f.Write(w => w.PutEmpty(folder, at)), m => m.PutEmpty(folder, at));

    /// <inheritdoc/>
    public void Apply(IReadOnlyList<OwnWrite> writes) => On(f => f.Write(w => w.Apply(writes)), m => m.Apply(writes));

    /// <inheritdoc/>
    public void SetModTimes(IReadOnlyList<(FolderId Folder, FileLink Link, DateTimeOffset ModTime)> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        On(f => f.Write(w => w.SetModTimes(times)), m => m.SetModTimes(times));
    }

    /// <inheritdoc/>
    public void Expire(FolderId folder) => On(f => f.Write(w => w.Expire(folder)), m => m.Expire(folder));

    /// <inheritdoc/>
    public void Vouch(FolderId folder, DateTimeOffset listedAt) => On(f => f.Write(w => w.Vouch(folder, listedAt)), m => m.Vouch(folder, listedAt));

    /// <inheritdoc/>
    public void Forget(FolderId folder) => On(f => f.Write(w => w.Forget(folder)), m => m.Forget(folder));

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Close();
        }
    }

    private void On(Action<IndexFile> inFile, Action<IListingStore> inMemory) => On<object?>(
        f =>
        {
            inFile(f);
            return null;
        },
        m =>
        {
            inMemory(m);
            return null;
        });

    private T On<T>(Func<IndexFile, T> inFile, Func<IListingStore, T> inMemory)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            for (var tries = 1; _instead is null; tries++)
            {
                try
                {
                    if (tries == 3)
                        DamagedIndex.MoveAside(_path, _logger);
                    return inFile(_file ??= new IndexFile(_path));
                }
                catch (Exception e) when (tries < 4 && DamagedIndex.IsDamage(e))
                {
                    // Another process may have put it right already, so it is opened once more before it is given up.
                    Close();
                }
                catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or DllNotFoundException)
                {
                    Close();
                    _logger?.LogWarning("The index {Path} cannot be used, so listings are remembered in memory only: {Reason}", _path, e.Message);
                    _instead = new MemoryListingStore();
                }
            }

            return inMemory(_instead);
        }
    }

    private void Close()
    {
        var file = _file;
        _file = null;
        try
        {
            file?.Dispose();
        }
        catch (SqliteException e)
        {
            _logger?.LogDebug("Closing the index {Path} failed: {Reason}", _path, e.Message);
        }
    }
}

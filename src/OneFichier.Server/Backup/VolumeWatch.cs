using OneFichier.Drive;

namespace OneFichier.Server.Backup;

/// <summary>
/// A coat that remembers why the service failed, which restic only learns as a status, counts what is sent and fetched, and says when going on is of no use: the budget is spent for longer than
/// may be waited, or the key or the account is refused.
/// </summary>
public sealed class VolumeWatch(IVolume inner) : VolumeDecorator(inner), IDisposable
{
    private readonly CancellationTokenSource _hopeless = new();
    private long _sent;
    private long _fetched;

    /// <summary>The last failure, of those that something followed from for the work.</summary>
    public FichierException? Failure { get; private set; }

    /// <summary>Cancelled when going on is of no use; <see cref="Failure"/> says why.</summary>
    public CancellationToken Hopeless => _hopeless.Token;

    /// <summary>Bytes of files that were stored.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Bytes of files that were read.</summary>
    public long Fetched => Interlocked.Read(ref _fetched);

    /// <inheritdoc/>
    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) =>
        await WatchAsync(() => base.FindAsync(path, cancellationToken).AsTask());

    /// <inheritdoc/>
    public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        var contents = await WatchAsync(() => base.ListAsync(folder, cancellationToken));
        Note(contents.Failure);
        return contents;
    }

    /// <inheritdoc/>
    public override async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) =>
        new FetchedStream(await WatchAsync(() => base.OpenAsync(file, range, cancellationToken)), this);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        var results = await WatchAsync(() => base.PutAsync(files, options, cancellationToken));
        Interlocked.Add(ref _sent, files.Zip(results).Where(p => p.Second.Error is null).Sum(p => p.First.Length));
        Note(results);
        return results;
    }

    /// <inheritdoc/>
    public override Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default) => WatchAsync(async () =>
    {
        await base.MakeFolderAsync(folder, cancellationToken);
        return folder;
    });

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default)
    {
        var results = await WatchAsync(() => base.RemoveAsync(paths, cancellationToken));
        Note(results);
        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => _hopeless.Dispose();

    private async Task<T> WatchAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (FichierException e)
        {
            Note(e);
            throw;
        }
    }

    private void Note(IReadOnlyList<ItemResult> results)
    {
        foreach (var result in results)
            Note(result.Error);
    }

    private void Note(Exception? failure)
    {
        if (failure is not FichierException e || e is FichierNotFoundException or PathNotFoundException or NameTakenException or FolderNotEmptyException)
            return;
        Failure = e;
        if (e is FichierFloodException or FichierKeyException or FichierLockedException or FichierSubscriptionException or FichierLocationException { IsTransient: false })
            _hopeless.Cancel();
    }

    private sealed class FetchedStream(Stream inner, VolumeWatch watch) : ForwardStream(inner)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                var read = await Inner.ReadAsync(buffer, cancellationToken);
                Interlocked.Add(ref watch._fetched, read);
                return read;
            }
            catch (FichierException e)
            {
                watch.Note(e);
                throw;
            }
        }
    }
}

namespace OneFichier.Drive.Staging;

/// <summary>Fetches blocks that follow each other, in one go.</summary>
internal sealed class BlockFetch(IVolume inner, Entry entry, ContentKey key, CachedVolumeOptions options, TimeProvider time)
{
    /// <summary>Given each block.</summary>
    public required Action<long, byte[]> Arrived { get; init; }

    /// <summary>Told which block and all behind it cannot be had, and why.</summary>
    public required Action<long, Exception> Failed { get; init; }

    /// <summary>The work, once it was begun; it never fails.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <param name="first">The first block.</param>
    /// <param name="stop">The block behind the last.</param>
    public void Begin(long first, long stop) => Running = Task.Run(() => RunAsync(first, stop));

    private async Task RunAsync(long first, long stop)
    {
        var at = first;
        try
        {
            var offset = first * BlockPlace.Size;
            var length = Math.Min(key.Size, stop * BlockPlace.Size) - offset;
            using var patience = new CancellationTokenSource(options.Patience, time);
            await using var stream = await OpenAsync(new ByteRange(offset, length), patience.Token);
            for (; at < stop; at++)
            {
                var bytes = new byte[BlockPlace.Of(key.Size, at).Length];
                await stream.ReadExactlyAsync(bytes, patience.Token);
                Arrived(at, bytes);
                patience.CancelAfter(options.Patience);
            }
        }
        catch (OperationCanceledException e)
        {
            Failed(at, new IOException($"The content of '{entry.Path}' does not come.", e));
        }
        catch (Exception e)
        {
            Failed(at, e);
        }
    }

    /// <summary>Opens the file if it is still that file, before and after.</summary>
    private async Task<Stream> OpenAsync(ByteRange range, CancellationToken cancellationToken)
    {
        await ProveAsync(cancellationToken);
        var stream = await inner.OpenAsync(entry.Path, range, cancellationToken);
        try
        {
            await ProveAsync(cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task ProveAsync(CancellationToken cancellationToken)
    {
        var now = await inner.FindAsync(entry.Path, cancellationToken) ?? throw new PathNotFoundException(entry.Path, EntryKind.File);
        if (ContentKey.Of(now) != key)
            throw new FichierSourceException(entry.Path.ToString(), "was replaced while it was being read");
    }
}

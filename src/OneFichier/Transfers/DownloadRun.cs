namespace OneFichier.Transfers;

/// <summary>The connections of one download. Chunks are taken front to back; a connection that fails gives its chunk back and rests, and comes back after some successes of others.</summary>
internal sealed class DownloadRun(PartFile part, LinkKeeper links, DownloadClient downloads, SemaphoreSlim connections, FichierOptions options)
{
    private const int FailuresInARow = 6;
    private const int SuccessesToGrow = 4;
    private const int BufferSize = 128 * 1024;

    private readonly Lock _lock = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _done = part.ArrivedInAll();
    private readonly SortedSet<int> _open = [.. Enumerable.Range(0, part.Chunks).Where(c => part.Arrived(c) < part.ChunkLength(c))];
    private int _front;
    private int _most;
    private int _allowed;
    private int _busy;
    private int _successes;

    public required Action<long> Report { get; init; }

    public Func<int, CancellationToken, ValueTask>? Throttle { get; init; }

    public async Task FetchAsync(int segments, CancellationToken cancellationToken)
    {
        _allowed = _most = Math.Max(1, segments);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var workers = Enumerable.Range(0, _allowed).Select(_ => WorkAsync(stop)).ToArray();
        await Task.WhenAll(workers).ConfigureAwait(false);
    }

    /// <summary>Waits until more than <paramref name="offset"/> bytes from the start have arrived without a gap, and tells how many have.</summary>
    public async Task<long> FrontBeyondAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            var moved = Volatile.Read(ref _moved);
            var front = Front();
            if (front > offset)
            {
                return front;
            }

            await moved.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private long Front()
    {
        while (_front < part.Chunks && part.Arrived(_front) == part.ChunkLength(_front))
        {
            _front++;
        }

        return _front == part.Chunks ? part.Size : (_front * part.ChunkSize) + part.Arrived(_front);
    }

    private async Task WorkAsync(CancellationTokenSource stop)
    {
        try
        {
            while (await TakeAsync(stop.Token).ConfigureAwait(false) is { } chunk)
            {
                await ChunkAsync(chunk, stop.Token).ConfigureAwait(false);
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<int?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var moved = Volatile.Read(ref _moved);
            lock (_lock)
            {
                if (_open.Count == 0 && _busy == 0)
                {
                    return null;
                }

                if (_open.Count > 0 && _busy < _allowed)
                {
                    var chunk = _open.Min;
                    _open.Remove(chunk);
                    _busy++;
                    return chunk;
                }
            }

            await moved.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ChunkAsync(int chunk, CancellationToken cancellationToken)
    {
        try
        {
            for (var failures = 0; part.Arrived(chunk) < part.ChunkLength(chunk) && !MustRest();)
            {
                var before = part.Arrived(chunk);
                try
                {
                    await StreamAsync(chunk, cancellationToken).ConfigureAwait(false);
                    Succeeded();
                }
                catch (FichierException e) when (e is FichierUnavailableException or FichierProtocolException)
                {
                    failures = part.Arrived(chunk) > before ? 1 : failures + 1;
                    if (failures == FailuresInARow)
                    {
                        throw;
                    }

                    StepBack();
                    await Task.Delay(TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, failures - 1))), options.Time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            GiveBack(chunk);
        }
    }

    private bool MustRest()
    {
        lock (_lock)
        {
            return _busy > _allowed;
        }
    }

    private void GiveBack(int chunk)
    {
        lock (_lock)
        {
            _busy--;
            if (part.Arrived(chunk) < part.ChunkLength(chunk))
            {
                _open.Add(chunk);
            }
        }

        Wake();
    }

    private async Task StreamAsync(int chunk, CancellationToken cancellationToken)
    {
        await connections.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var arrived = part.Arrived(chunk);
            var link = await links.GetAsync(cancellationToken).ConfigureAwait(false);
            using var stall = new StallGuard(options, cancellationToken);
            try
            {
                var body = await downloads.OpenAsync(link, (chunk * part.ChunkSize) + arrived, part.ChunkLength(chunk) - arrived, stall.Token).ConfigureAwait(false);
                await using (body.ConfigureAwait(false))
                {
                    RefuseOtherSize(body);
                    await CopyAsync(body, chunk, stall).ConfigureAwait(false);
                }
            }
            catch (FichierProtocolException)
            {
                links.Drop(link);
                throw;
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new FichierUnavailableException($"The download stood still for {options.StallTimeout.TotalSeconds:0} seconds.", e);
            }
        }
        finally
        {
            connections.Release();
        }
    }

    private async Task CopyAsync(DirectBody body, int chunk, StallGuard stall)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await body.Stream.ReadAsync(buffer, stall.Token).ConfigureAwait(false)) > 0)
            {
                stall.Moved();
                await part.WriteAsync(chunk, buffer.AsMemory(0, read), stall.Token).ConfigureAwait(false);
                Report(Interlocked.Add(ref _done, read));
                Wake();
                if (Throttle is not null)
                {
                    stall.Hold();
                    await Throttle(read, stall.Token).ConfigureAwait(false);
                    stall.Moved();
                }
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void RefuseOtherSize(DirectBody body)
    {
        if (body.TotalSize is { } total && total != part.Size)
        {
            throw new FichierIntegrityException($"The service offers {total} bytes where the listing states {part.Size}.")
            {
                Remedy = "The file may have been replaced: list the folder again with --refresh.",
            };
        }
    }

    private void Succeeded()
    {
        lock (_lock)
        {
            if (++_successes % SuccessesToGrow == 0)
            {
                _allowed = Math.Min(_most, _allowed + 1);
            }
        }
    }

    private void StepBack()
    {
        lock (_lock)
        {
            _allowed = Math.Max(1, _allowed - 1);
        }
    }

    private void Wake() => Interlocked.Exchange(ref _moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}

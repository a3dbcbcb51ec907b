namespace OneFichier.Drive.Staging;

/// <summary>Reads one content: from memory, from the cache, or by fetching, each block once for all who want it.</summary>
internal sealed class CachedFile(IVolume inner, BlockCache cache, RecentBlocks recent, ContentKey key, CachedVolumeOptions options)
{
    private const long AheadWithoutCache = 1 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource<byte[]>> _coming = [];
    private readonly ReadAhead _ahead = new(BlocksAhead(options.ReadAhead));
    private readonly ReadAhead _aheadWithoutCache = new(BlocksAhead(Math.Min(options.ReadAhead, AheadWithoutCache)));

    /// <summary>Whether something is being fetched.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
                return _coming.Count > 0;
        }
    }

    /// <summary>Fills a buffer.</summary>
    /// <param name="entry">The file, where it is now.</param>
    /// <param name="buffer">Filled to its end.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="end">How far the reader will go at most.</param>
    /// <param name="cancellationToken">Ends the wait, and nobody else's.</param>
    public async ValueTask ReadAsync(Entry entry, Memory<byte> buffer, long offset, long end, CancellationToken cancellationToken)
    {
        for (var done = 0; done < buffer.Length;)
            done += await ReadSomeAsync(entry, buffer[done..], offset + done, end, cancellationToken);
    }

    /// <summary>As the other, but gives no more than what can be had at once, and something in any case.</summary>
    /// <returns>How many bytes.</returns>
    public async ValueTask<int> ReadSomeAsync(Entry entry, Memory<byte> buffer, long offset, long end, CancellationToken cancellationToken)
    {
        var block = offset / BlockPlace.Size;
        var from = (int)(offset % BlockPlace.Size);
        var length = BlockPlace.Of(key.Size, block).Length;
        var piece = buffer[..Math.Min(buffer.Length, length - from)];
        var waiting = Look(entry, block, end);
        if (waiting is null)
        {
            if (Read(block, from, length, buffer.Span) is > 0 and var read)
            {
                if (read > length)
                    Look(entry, block + ((read - 1) / BlockPlace.Size), end);
                return read;
            }

            waiting = Want(entry, block, end);
        }

        (await PatientlyAsync(waiting.Task, entry.Path, cancellationToken)).AsSpan(from, piece.Length).CopyTo(piece.Span);
        return piece.Length;
    }

    private static int BlocksAhead(long bytes) => (int)Math.Max(1, bytes / BlockPlace.Size);

    /// <summary>Reads what is at hand: a part of a block, or whole blocks, as many as fit.</summary>
    private int Read(long block, int from, int length, Span<byte> buffer)
    {
        var bytes = recent.Find(key, block);
        if (bytes is null && from == 0 && buffer.Length >= length)
            return cache.Read(key, block, buffer);
        if (bytes is null)
        {
            bytes = new byte[length];
            if (cache.Read(key, block, bytes) < length)
                return 0;
            recent.Add(key, block, bytes);
        }

        var count = Math.Min(buffer.Length, length - from);
        bytes.AsSpan(from, count).CopyTo(buffer);
        return count;
    }

    /// <summary>Notes that a block is read, and has fetched what is likely to be read next.</summary>
    /// <returns>The block, if it is on its way.</returns>
    private TaskCompletionSource<byte[]>? Look(Entry entry, long block, long end)
    {
        lock (_gate)
        {
            var follower = (cache.IsStoring ? _ahead : _aheadWithoutCache).Next(block);
            if (follower.Seen - block <= follower.Window / 2)
                FetchAhead(entry, follower, Math.Min(block + follower.Window, BlockPlace.CountIn(end)));
            return _coming.GetValueOrDefault(block);
        }
    }

    private void FetchAhead(Entry entry, Follower follower, long stop)
    {
        var at = Math.Max(follower.Seen, follower.At);
        follower.Seen = Math.Max(follower.Seen, stop);
        while (at < stop)
        {
            while (at < stop && IsThere(at))
                at++;
            var first = at;
            while (at < stop && !IsThere(at))
                at++;
            if (at > first)
                Fetch(entry, first, at);
        }
    }

    private bool IsThere(long block) => _coming.ContainsKey(block) || recent.Find(key, block) is not null || cache.Has(key, block);

    private TaskCompletionSource<byte[]> Want(Entry entry, long block, long end)
    {
        lock (_gate)
        {
            if (_coming.GetValueOrDefault(block) is { } coming)
                return coming;
            var follower = (cache.IsStoring ? _ahead : _aheadWithoutCache).Next(block);
            var stop = block + 1;
            while (stop < Math.Min(block + follower.Window, BlockPlace.CountIn(end)) && !IsThere(stop))
                stop++;
            follower.Seen = Math.Max(follower.Seen, stop);
            return Fetch(entry, block, stop);
        }
    }

    private TaskCompletionSource<byte[]> Fetch(Entry entry, long first, long stop)
    {
        for (var block = first; block < stop; block++)
            _coming[block] = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var wanted = _coming[first];
        var fetch = new BlockFetch(inner, entry, key, options, cache.Time) { Arrived = Arrived, Failed = (from, reason) => Failed(from, stop, reason) };
        fetch.Begin(first, stop);
        return wanted;
    }

    private void Arrived(long block, byte[] bytes)
    {
        recent.Add(key, block, bytes);
        cache.Store(key, block, bytes);
        TaskCompletionSource<byte[]>? coming;
        lock (_gate)
            _coming.Remove(block, out coming);
        coming?.SetResult(bytes);
    }

    private void Failed(long from, long stop, Exception reason)
    {
        for (var block = from; block < stop; block++)
        {
            TaskCompletionSource<byte[]>? coming;
            lock (_gate)
                _coming.Remove(block, out coming);
            coming?.SetException(reason);
            _ = coming?.Task.Exception;
        }
    }

    private async Task<byte[]> PatientlyAsync(Task<byte[]> coming, VolumePath path, CancellationToken cancellationToken)
    {
        try
        {
            return await coming.WaitAsync(options.Patience, cache.Time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new IOException($"The service has not given the content of '{path}' for {options.Patience.TotalSeconds:0} seconds.", e);
        }
    }
}

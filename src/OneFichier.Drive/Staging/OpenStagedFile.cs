namespace OneFichier.Drive.Staging;

/// <summary>One opening of a staged file.</summary>
internal sealed class OpenStagedFile(Spool spool, SpoolFiles files, SpoolView view, SpoolStore store, StagedFile file) : IOpenFile
{
    private int _closed;
    private VolumePath _last;

    public bool Writes { get; init; }

    public Entry Entry
    {
        get
        {
            lock (spool.Overlay.Gate)
            {
                if (file.Node is { } node)
                    _last = node.Path;
                return file.Dirty || file.Base is null || file.Node is null ? view.EntryOf(file, _last) : file.Base with { Path = _last };
            }
        }
    }

    public bool Unlinked
    {
        get
        {
            lock (spool.Overlay.Gate)
                return file.Node is null;
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancellationToken.ThrowIfCancellationRequested();
        var count = (int)Math.Min(buffer.Length, Math.Max(0, file.Length - offset));
        using var lease = file.Spooled ? file.Data.Use() : null;
        for (var done = 0; done < count;)
        {
            var at = offset + done;
            var hole = file.HoleFrom(at);
            var stored = hole is { } part && part.Start <= at;
            var end = hole is null ? long.MaxValue : stored ? hole.Value.End : hole.Value.Start;
            var piece = buffer.Slice(done, (int)Math.Min(count - done, end - at));
            if (stored)
                await store.ReadAsync(file, piece, at, cancellationToken);
            else if (lease is not null)
                await lease.ReadAsync(piece, at, cancellationToken);
            else
                return await ReadAsync(buffer, offset, cancellationToken);
            done += piece.Length;
        }

        return count;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, long offset, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return data.IsEmpty ? ValueTask.CompletedTask : ChangeAsync(
            offset + data.Length,
            () =>
            {
                file.Write(data.Span, offset);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
    }

    public ValueTask SetLengthAsync(long length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return ChangeAsync(length, () => length == file.Length ? ValueTask.CompletedTask : file.SetLengthAsync(length, cancellationToken), cancellationToken);
    }

    public async ValueTask SetModTimeAsync(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            await StagedTimes.SetAsync(spool, file, time, cancellationToken);
        }
        finally
        {
            spool.Names.Release();
        }
    }

    public async ValueTask SyncAsync(CancellationToken cancellationToken = default) => await spool.SyncAsync(file, cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            files.Close(file, Writes);
        return ValueTask.CompletedTask;
    }

    private async ValueTask ChangeAsync(long reach, Func<ValueTask> change, CancellationToken cancellationToken)
    {
        if (!Writes)
            throw new IOException($"'{Entry.Path}' is open for reading only.");
        if (reach > file.Length)
            spool.Inner.RefuseSize(Entry.Path, reach);
        await file.Writing.WaitAsync(cancellationToken);
        try
        {
            lock (spool.Overlay.Gate)
                Begin();
            await change();
        }
        finally
        {
            file.Writing.Release();
        }

        spool.Changed();
    }

    private void Begin()
    {
        if (file.Dirty)
            return;
        file.BeginChanging();
        if (file.Node is not { } node)
            return;
        spool.Overlay.Add(file);
        node.Covers = true;
    }
}

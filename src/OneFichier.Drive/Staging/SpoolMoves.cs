namespace OneFichier.Drive.Staging;

/// <summary>Moves: of what waits only in the overlay, of what is stored inside at once, and what waits below it goes along.</summary>
internal sealed class SpoolMoves(Spool spool, SpoolView view, SpoolStore store)
{
    /// <summary>Moves that concern nothing that waits are made inside, in one call.</summary>
    /// <returns><see langword="null"/> when something waits or is open.</returns>
    public async Task<IReadOnlyList<ItemResult>?> TryAllStoredAsync(IReadOnlyList<VolumeMove> moves, bool replace, CancellationToken cancellationToken)
    {
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            lock (spool.Overlay.Gate)
            {
                if (spool.Overlay.Root.Children.Count > 0)
                    return null;
            }

            return await InsideAsync(() => spool.Inner.MoveAsync(moves, replace, cancellationToken), cancellationToken);
        }
        finally
        {
            spool.Names.Release();
        }
    }

    public async ValueTask<Entry?> MoveAsync(VolumeMove move, bool replace, CancellationToken cancellationToken)
    {
        StagedFile? replaced;
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            var (source, inTheWay) = await CheckAsync(move, replace, cancellationToken);
            if (move.From == move.To)
                return source;
            await spool.LetGoAsync(move.From);
            await spool.LetGoAsync(move.To);
            lock (spool.Overlay.Gate)
                replaced = spool.Overlay.Find(move.To)?.File;
            if (await IsStoredAsync(source, cancellationToken))
                await MoveStoredAsync(move, inTheWay, replace, cancellationToken);
            else
                MoveWaiting(move, source, inTheWay);
        }
        finally
        {
            spool.Names.Release();
        }

        spool.Sweep(replaced);
        return await view.FindAsync(move.To, cancellationToken);
    }

    /// <summary>A folder move whose end was not written down: whoever looks first sees how it ended.</summary>
    public async ValueTask SettleIntentAsync(CancellationToken cancellationToken)
    {
        if (spool.Overlay.Intent is null)
            return;
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            if (spool.Overlay.Intent is not { } intent)
                return;
            var (from, to) = (VolumePath.Parse(intent.Path!), VolumePath.Parse(intent.To!));
            var left = await spool.Inner.FindAsync(from, cancellationToken);
            var arrived = await spool.Inner.FindAsync(to, cancellationToken);
            var moved = arrived is not null && (left is null || (intent.Mark is { } id && arrived.Id == id && left.Id != id));
            lock (spool.Overlay.Gate)
                spool.Commit([.. moved ? [MoveRecord(new VolumeMove(from, to))] : Array.Empty<SpoolRecord>(), NoIntent]);
        }
        finally
        {
            spool.Names.Release();
        }
    }

    private static SpoolRecord NoIntent => new() { Op = SpoolRecord.Intent };

    private static SpoolRecord MoveRecord(VolumeMove move) => new() { Op = SpoolRecord.Move, Path = move.From.ToString(), To = move.To.ToString() };

    private async Task<(Entry Source, Entry? InTheWay)> CheckAsync(VolumeMove move, bool replace, CancellationToken cancellationToken)
    {
        var found = new Dictionary<VolumePath, Entry?>();
        foreach (var path in new[] { move.From, move.To, move.To.Parent })
            found[path] = await view.FindAsync(path, cancellationToken);
        var (source, inTheWay) = MoveRules.Check(move, p => found[p], replace);
        return inTheWay is { IsFolder: true } && (await view.ListAsync(move.To, cancellationToken)).Entries.Count > 0
            ? throw new FolderNotEmptyException(move.To)
            : (source, inTheWay);
    }

    /// <summary>Whether something is stored that is, at least in part, what is seen.</summary>
    private async ValueTask<bool> IsStoredAsync(Entry source, CancellationToken cancellationToken)
    {
        lock (spool.Overlay.Gate)
        {
            var node = spool.Overlay.Find(source.Path);
            if (node?.Waiting is { } file)
                return !file.IsWhole;
            if (!source.IsFolder)
                return true;
            if (node is { HidesFolder: true } || SpoolStore.Above(source.Path.Parent).Any(p => spool.Overlay.Find(p) is { HidesFolder: true }))
                return false;
        }

        return await spool.Inner.FindAsync(source.Path, cancellationToken) is { IsFolder: true };
    }

    private void MoveWaiting(VolumeMove move, Entry source, Entry? inTheWay)
    {
        lock (spool.Overlay.Gate)
        {
            var from = spool.Overlay.Find(move.From)!;
            var to = spool.Overlay.Find(move.To);
            if (source.IsFolder)
            {
                spool.Commit(MoveRecord(move) with { Split = true, Tried = inTheWay is not null });
                return;
            }

            var file = from.Waiting!;
            var covers = (inTheWay is not null && to?.Waiting is null) || to is { Covers: true };
            List<SpoolRecord> records =
                [.. file.IsToldOf ? Array.Empty<SpoolRecord>() : [file.Record(soft: true)], Overlay.PlaceRecord(file, move.To), Overlay.LeftRecord(from, file)];
            if (covers)
                records.Add((to is null ? new SpoolRecord { Op = SpoolRecord.Name, Path = move.To.ToString() } : Overlay.NameRecord(to)) with { Covers = true });
            spool.Commit(records);
            if (!file.IsToldOf)
                file.Told(hard: false);
        }
    }

    private Task MoveStoredAsync(VolumeMove move, Entry? inTheWay, bool replace, CancellationToken cancellationToken) => InsideAsync(
        async () =>
        {
            await store.MakeFolderIfWaitingAsync(move.To.Parent, cancellationToken);
            await store.DetachAsync(move.To, named: true, cancellationToken);
            await store.ClearAsync(move.To, cancellationToken);
            var concerned = await IntentAsync(move, cancellationToken);
            try
            {
                var result = (await spool.Inner.MoveAsync([move], replace || inTheWay is null, cancellationToken))[0];
                if (result.Error is not null)
                    throw result.Error;
            }
            catch (Exception) when (concerned)
            {
                await AbandonAsync(move);
                throw;
            }

            lock (spool.Overlay.Gate)
            {
                if (concerned)
                    spool.Commit(MoveRecord(move), NoIntent);
                return true;
            }
        },
        cancellationToken);

    /// <summary>Writes down what is about to be done inside, where something that waits depends on it.</summary>
    private async Task<bool> IntentAsync(VolumeMove move, CancellationToken cancellationToken)
    {
        var source = await spool.Inner.FindAsync(move.From, cancellationToken);
        lock (spool.Overlay.Gate)
        {
            if (spool.Overlay.Find(move.From) is null && spool.Overlay.Find(move.To) is null)
                return false;
            spool.Commit(new SpoolRecord { Op = SpoolRecord.Intent, Path = move.From.ToString(), To = move.To.ToString(), Mark = source?.Id });
        }

        await spool.Journal.SyncAsync(cancellationToken);
        return true;
    }

    /// <summary>A move failed, or nobody knows: what is where is looked up at the next call, unless it can be told now.</summary>
    private async Task AbandonAsync(VolumeMove move)
    {
        try
        {
            if (await spool.Inner.FindAsync(move.From, CancellationToken.None) is null)
                return;
            lock (spool.Overlay.Gate)
                spool.Commit(NoIntent);
        }
        catch (Exception e) when (e is FichierException or IOException)
        {
            // The intent stays.
        }
    }

    private async Task<T> InsideAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await spool.Stored.WaitAsync(cancellationToken);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            lock (spool.Overlay.Gate)
                spool.Moving = ended.Task;
            return await work();
        }
        finally
        {
            lock (spool.Overlay.Gate)
                spool.Overlay.Settled++;
            ended.SetResult();
            spool.Stored.Release();
        }
    }
}

namespace OneFichier.Drive.Staging;

/// <summary>Writes down what became of files that were sent.</summary>
internal sealed class SendResults(Spool spool)
{
    private Overlay Overlay => spool.Overlay;

    public RoundOutcome Settle(Sending sending, IReadOnlyList<ItemResult> results, Unsent? failed)
    {
        var outcome = new RoundOutcome(false);
        foreach (var (sent, result) in sending.Files.Zip(results))
        {
            if (result.Error is { } error)
            {
                if (MayBeStored(error))
                    sending.Unknown.Add(sent);
                Failed(sent.File, error, failed);
                outcome = outcome.And(new RoundOutcome(false, false, error));
                continue;
            }

            outcome = outcome with { Progress = true };
            lock (Overlay.Gate)
                Stored(sent.File, result.Entry!);
        }

        return outcome;
    }

    public void Failed(StagedFile file, Exception reason, Unsent? failed)
    {
        failed?.Add(file, reason);
        lock (Overlay.Gate)
            file.Retry.Failed(reason, spool.Options);
    }

    /// <summary>What an earlier attempt brought there, or somebody else: only its time may have to be set.</summary>
    public async Task<bool> StoredAlreadyAsync(Prepared prepared, Entry stored, CancellationToken cancellationToken)
    {
        var file = prepared.File;
        if (stored.ModTime != file.ModTime && spool.Inner.Traits.SetsTimes)
            stored = (await StagedTimes.StoredAsync(spool, stored, file.ModTime, cancellationToken)).Entry ?? stored;
        await spool.Names.WaitAsync(cancellationToken);
        try
        {
            lock (Overlay.Gate)
            {
                if (!prepared.IsReady || file.Checksum != stored.Checksum)
                    return false;
                Stored(file, stored);
            }
        }
        finally
        {
            spool.Names.Release();
        }

        spool.Sweep(file);
        return true;
    }

    /// <summary>Whether something that failed may be stored all the same, or yet be.</summary>
    public static bool MayBeStored(Exception? error) => error is FichierUnavailableException { MayHaveHappened: true };

    private void Stored(StagedFile file, Entry stored)
    {
        if (file.Node is not { } node)
            return;
        spool.Journal.Append(
        [
            .. node.Above().Where(n => n.Folder).Select(SpoolStore.StoredFolder),
            Overlay.NameRecord(node) with { Gone = node.Gone & ~Kinds.File, Covers = false },
            new SpoolRecord { Op = SpoolRecord.Forget, Id = file.Id },
        ]);
        node.Astray.Clear();
        file.BecomeStored(stored);
        foreach (var above in node.Above().Where(n => n.Folder).ToList())
            Overlay.Apply(SpoolStore.StoredFolder(above));
        Overlay.Apply(Overlay.NameRecord(node) with { Gone = node.Gone & ~Kinds.File, Covers = false });
        Overlay.Apply(new SpoolRecord { Op = SpoolRecord.Forget, Id = file.Id });
    }
}

namespace OneFichier.Drive.Staging;

/// <summary>Makes folders that no file brings along, and removes what is no longer seen.</summary>
internal sealed class SendNames(Spool spool, SpoolStore store)
{
    private const int Most = 500;

    private Overlay Overlay => spool.Overlay;

    public async Task<RoundOutcome> RunAsync(Unsent? failed, CancellationToken cancellationToken)
    {
        var outcome = new RoundOutcome(false);
        foreach (var folder in Folders(failed))
            outcome = outcome.And(await MakeAsync(folder, failed, cancellationToken));
        return outcome.And(await RemoveAsync(failed, cancellationToken));
    }

    /// <summary>Whether it may be tried now.</summary>
    private bool IsDue(OverlayNode node, Unsent? failed) => failed is null || node.Retry.IsLook ? node.Retry.At <= spool.Now : !failed.Contains(node);

    private List<OverlayNode> Folders(Unsent? failed)
    {
        lock (Overlay.Gate)
            return [.. Overlay.Root.All().Where(n => n.Folder && IsDue(n, failed) && !n.All().Skip(1).Any(b => b.Folder || b.Waiting is not null)).Take(Most)];
    }

    /// <summary>While it is made nobody renames it.</summary>
    private async Task<RoundOutcome> MakeAsync(OverlayNode node, Unsent? failed, CancellationToken cancellationToken)
    {
        await spool.Names.WaitAsync(cancellationToken);
        await spool.Stored.WaitAsync(cancellationToken);
        try
        {
            VolumePath path;
            lock (Overlay.Gate)
            {
                if (node is not { Folder: true, Parent: not null })
                    return new RoundOutcome(false, Interrupted: true);
                path = node.Path;
            }

            await store.MakeFolderAsync(path, cancellationToken);
            return new RoundOutcome(true);
        }
        catch (Exception e) when (e is FichierException or IOException)
        {
            failed?.Add(node, e);
            lock (Overlay.Gate)
                node.Retry.Failed(e, spool.Options);
            return new RoundOutcome(false, false, e);
        }
        finally
        {
            spool.Stored.Release();
            spool.Names.Release();
        }
    }

    private async Task<RoundOutcome> RemoveAsync(Unsent? failed, CancellationToken cancellationToken)
    {
        await spool.Stored.WaitAsync(cancellationToken);
        try
        {
            var going = new List<OverlayNode>();
            lock (Overlay.Gate)
                Collect(Overlay.Root, going, failed);
            if (going.Count == 0)
                return new RoundOutcome(false);
            var failure = await store.RemoveAsync(going, cancellationToken);
            lock (Overlay.Gate)
            {
                var left = going.Where(n => n.Retry.Failure is not null && SpoolStore.NeedsRemoval(n)).ToList();
                left.ForEach(n => failed?.Add(n, n.Retry.Failure!));
                return new RoundOutcome(left.Count < going.Count, false, failure);
            }
        }
        finally
        {
            spool.Stored.Release();
        }
    }

    /// <summary>Names to be removed, what is below first; none whose content somebody still reads, and none above one that stays.</summary>
    /// <returns>Whether all that has to go from here downwards is among them.</returns>
    private bool Collect(OverlayNode node, List<OverlayNode> going, Unsent? failed)
    {
        var all = true;
        foreach (var child in node.Children.Values)
            all &= Collect(child, going, failed);
        if (node.Gone == Kinds.None || node.Parent is null)
            return all && node.Held.Count == 0;
        if (!SpoolStore.NeedsRemoval(node))
            return all && node.After is null && node.Held.Count == 0;
        if (!all || node.Held.Count > 0 || going.Count >= Most || !IsDue(node, failed))
            return false;
        going.Add(node);
        return true;
    }
}

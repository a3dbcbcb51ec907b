namespace OneFichier.Drive.Sync;

/// <summary>Finds files that are to be removed and have the content of one that is to be sent: they are moved instead.</summary>
internal sealed class RenameTracker(SyncOptions options, Checksums source, Checksums destination, bool setsTimes)
{
    public async Task<SyncPlan> ApplyAsync(SyncPlan plan, CancellationToken cancellationToken)
    {
        if (!options.TrackRenames)
            return plan;
        if (options.Kind != SyncKind.Sync)
            return plan with { Notes = [.. plan.Notes, new PlanNote(plan.DestinationRoot, "Renames are tracked by a sync only; a copy or a move does not remove what was renamed.")] };
        var sizes = plan.RemovedFiles.Select(f => f.Size).Intersect(plan.Transfers.Where(t => t.Replaces is null).Select(t => t.Source.Size)).ToHashSet();
        var removed = await FillAsync(destination, plan.RemovedFiles.Where(f => sizes.Contains(f.Size)), cancellationToken);
        var wanted = await FillAsync(source, plan.Transfers.Where(t => t.Replaces is null && sizes.Contains(t.Source.Size)).Select(t => t.Source), cancellationToken);
        return Match(plan, removed, wanted);
    }

    private static async Task<Dictionary<VolumePath, (long, WhirlpoolHash)>> FillAsync(Checksums side, IEnumerable<Entry> files, CancellationToken cancellationToken)
    {
        var filled = await Task.WhenAll(files.Select(f => OrNullAsync(side, f, cancellationToken)));
        return filled.Where(f => f?.Checksum is not null).ToDictionary(f => f!.Path, f => (f!.Size, f.Checksum!.Value));
    }

    private static async Task<Entry?> OrNullAsync(Checksums side, Entry file, CancellationToken cancellationToken)
    {
        try
        {
            return await side.FillAsync(file, reads: false, cancellationToken);
        }
        catch (Exception e) when (SideListing.Passes(e))
        {
            return null;
        }
    }

    private SyncPlan Match(SyncPlan plan, Dictionary<VolumePath, (long, WhirlpoolHash)> removed, Dictionary<VolumePath, (long, WhirlpoolHash)> wanted)
    {
        var free = plan.RemovedFiles.Where(f => removed.ContainsKey(f.Path)).GroupBy(f => removed[f.Path]).ToDictionary(g => g.Key, g => g.ToList());
        var moved = new Dictionary<VolumePath, (Entry From, PlannedTransfer For)>();
        foreach (var sameName in (bool[])[true, false])
        {
            foreach (var transfer in plan.Transfers.Where(t => t.Replaces is null && !moved.ContainsKey(t.Target)))
            {
                if (wanted.TryGetValue(transfer.Source.Path, out var content) && free.TryGetValue(content, out var files) && Take(files, sameName ? transfer.Target.Name : null) is { } from)
                    moved.Add(transfer.Target, (from, transfer));
            }
        }

        var gone = moved.Values.Select(m => m.From.Path).ToHashSet();
        return plan with
        {
            Renames = [.. plan.Renames, .. moved.Values.Select(m => new VolumeMove(m.From.Path, m.For.Target))],
            Times = [.. plan.Times, .. moved.Values.Where(m => OtherTime(m.For.Source, m.From)).Select(m => new PlannedTime(m.From with { Path = m.For.Target }, m.For.Source.ModTime!.Value))],
            Transfers = [.. plan.Transfers.Where(t => !moved.ContainsKey(t.Target))],
            RemovedFiles = [.. plan.RemovedFiles.Where(f => !gone.Contains(f.Path))],
        };
    }

    private static Entry? Take(List<Entry> files, string? name)
    {
        var at = files.FindIndex(f => name is null || f.Name == name);
        if (at < 0)
            return null;
        var file = files[at];
        files.RemoveAt(at);
        return file;
    }

    private bool OtherTime(Entry wanted, Entry has) => setsTimes && wanted.ModTime is { } time && has.ModTime != time;
}

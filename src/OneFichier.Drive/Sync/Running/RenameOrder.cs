namespace OneFichier.Drive.Sync;

/// <summary>Puts renames into an order in which each finds its place free: who stands there goes first, and a circle is opened by way of a name nobody has.</summary>
internal static class RenameOrder
{
    public static IReadOnlyList<VolumeMove> Of(IReadOnlyList<VolumeMove> moves)
    {
        var waiting = moves.Where(m => m.From != m.To).ToDictionary(m => m.From);
        var ordered = new List<VolumeMove>(moves.Count);
        foreach (var move in moves)
        {
            if (waiting.ContainsKey(move.From))
                ordered.AddRange(Chain(move, waiting));
        }

        return ordered;
    }

    /// <summary>Puts a file that an earlier run left under a <see cref="SwapName"/> into its place, where it is what would be transferred there.</summary>
    public static SyncPlan Healed(this SyncPlan plan)
    {
        var left = plan.RemovedFiles.Where(f => SwapName.Is(f.Path)).ToDictionary(f => f.Path);
        var healed = left.Count == 0 ? [] : plan.Transfers.Where(t => t.Replaces is null && left.TryGetValue(SwapName.Of(t.Target), out var there) && IsThat(t.Source, there)).ToHashSet();
        var places = healed.Select(t => SwapName.Of(t.Target)).ToHashSet();
        return healed.Count == 0 ? plan : plan with
        {
            Renames = [.. plan.Renames, .. healed.Select(t => new VolumeMove(SwapName.Of(t.Target), t.Target))],
            Transfers = [.. plan.Transfers.Where(t => !healed.Contains(t))],
            RemovedFiles = [.. plan.RemovedFiles.Where(f => !places.Contains(f.Path))],
        };
    }

    private static List<VolumeMove> Chain(VolumeMove first, Dictionary<VolumePath, VolumeMove> waiting)
    {
        var chain = new List<VolumeMove>();
        for (VolumeMove? next = first; next is not null; next = waiting.GetValueOrDefault(next.To))
        {
            waiting.Remove(next.From);
            chain.Add(next);
        }

        chain.Reverse();
        if (chain[0].To != first.From)
            return chain;

        var swap = SwapName.Of(first.To);
        return [new VolumeMove(first.From, swap), .. chain.Take(chain.Count - 1), new VolumeMove(swap, first.To)];
    }

    private static bool IsThat(Entry wanted, Entry there) =>
        wanted.Size == there.Size && (wanted.Checksum is { } checksum && there.Checksum is { } other ? checksum == other : wanted.ModTime is not null && wanted.ModTime == there.ModTime);
}

namespace OneFichier.Drive.Sync;

/// <summary>What a plan is made of, seen by who carries it out.</summary>
internal static class PlanParts
{
    private const int AtOnce = 100;

    /// <summary>Folders that no file brings with it.</summary>
    public static IEnumerable<VolumePath> BareFolders(this SyncPlan plan)
    {
        var brought = new HashSet<VolumePath>();
        foreach (var target in plan.Transfers.Select(t => t.Target).Concat(plan.Copies.Select(c => c.Target)))
        {
            for (var folder = target.Parent; !folder.IsRoot && brought.Add(folder); folder = folder.Parent)
                continue;
        }

        return plan.Folders.Where(f => !brought.Contains(f));
    }

    public static int FilesToBring(this SyncPlan plan) => plan.Transfers.Count + plan.Copies.Count + plan.Repeats.Count;

    /// <summary>What carrying it out costs at the least, where requests are counted.</summary>
    public static int Requests(this SyncPlan plan, VolumeTraits source, VolumeTraits destination, int batches) =>
        !destination.Metered
            ? source.Metered ? batches : 0
            : plan.Folders.Count + plan.Renames.Count + batches + plan.RemovedFolders.Count + Calls(plan.Copies.Count) + Calls(plan.Repeats.Count) + Calls(plan.RemovedFiles.Count + plan.Cleared.Count);

    private static int Calls(int items) => (items + AtOnce - 1) / AtOnce;
}

namespace OneFichier.Drive.Sync;

/// <summary><c>--max-delete</c>: where more files would go than that, none goes, and what needed their place is not done.</summary>
internal static class DeleteLimit
{
    public static SyncPlan Apply(SyncPlan plan, int? most)
    {
        var files = plan.RemovedFiles.Count + plan.Cleared.Count(e => !e.IsFolder);
        if (most is null || files <= most)
            return plan;
        var taken = plan.Cleared.Select(e => e.Path).ToHashSet();
        return plan with
        {
            TooManyDeletes = true,
            Cleared = [],
            RemovedFiles = [],
            RemovedFolders = [],
            Folders = [.. plan.Folders.Where(f => !LiesIn(f, taken))],
            Transfers = [.. plan.Transfers.Where(t => !LiesIn(t.Target, taken))],
            Renames = [.. plan.Renames.Where(r => !LiesIn(r.To, taken))],
            Times = [.. plan.Times.Where(t => !LiesIn(t.File.Path, taken))],
            Notes = [.. plan.Notes, new PlanNote(plan.DestinationRoot, $"{files} files would be removed, more than --max-delete {most} allows, so none is.", new InvalidOperationException("--max-delete is exceeded."))],
        };
    }

    private static bool LiesIn(VolumePath path, HashSet<VolumePath> taken)
    {
        for (; taken.Count > 0 && !path.IsRoot; path = path.Parent)
        {
            if (taken.Contains(path))
                return true;
        }

        return false;
    }
}

namespace OneFichier.Drive.Sync;

/// <summary>What a plan costs at least: requests of the account's budget, by kind, and bytes. What lies on a disk costs no requests.</summary>
public sealed record PlanCost
{
    private const int NamesInOneCall = 100;
    private const long BytesInOneSession = 1L << 30;

    /// <summary>Folders to make, one request each.</summary>
    public int NewFolders { get; init; }

    /// <summary>Upload sessions: as many files of one folder as a put takes, and no more than a gigabyte unless it is one file.</summary>
    public int UploadSessions { get; init; }

    /// <summary>Copies on the service: one request each, or for a hundred that keep their names and go to one folder.</summary>
    public int Copies { get; init; }

    /// <summary>Moves on the service, into the backup folder too; as copies.</summary>
    public int Moves { get; init; }

    /// <summary>Removals: a request for a hundred files, what is replaced and what a move takes from the source included, and one for each folder.</summary>
    public int Removals { get; init; }

    /// <summary>Download tokens, one for each file that is fetched.</summary>
    public int DownloadTokens { get; init; }

    /// <summary>Times to record, one request each.</summary>
    public int Times { get; init; }

    /// <summary>Bytes that go through this machine.</summary>
    public long Bytes { get; init; }

    /// <summary>All requests.</summary>
    public int Requests => NewFolders + UploadSessions + Copies + Moves + Removals + DownloadTokens + Times;

    /// <summary>Counts.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="kind">What it was made for.</param>
    /// <param name="source">The source's volume.</param>
    /// <param name="destination">The destination's volume.</param>
    public static PlanCost Of(SyncPlan plan, SyncKind kind, VolumeTraits source, VolumeTraits destination)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        var cost = destination.Metered ? There(plan, destination.PutBatch) : new PlanCost();
        var taken = kind == SyncKind.Move && source.Metered ? plan.Transfers.Count + plan.Copies.Count + plan.Repeats.Count + plan.Unchanged.Count : 0;
        return cost with
        {
            DownloadTokens = source.Metered ? plan.Transfers.Count : 0,
            Removals = cost.Removals + Calls(taken),
            Bytes = plan.Bytes,
        };
    }

    /// <summary>The least time in which a budget allows so many requests; what the bytes take comes beside it.</summary>
    public TimeSpan LeastTime(double requestsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestsPerSecond);
        return TimeSpan.FromSeconds(Requests / requestsPerSecond);
    }

    private static PlanCost There(SyncPlan plan, int batch)
    {
        var replaced = plan.Transfers.Select(t => t.Replaces).Concat(plan.Copies.Select(c => c.Replaces)).Concat(plan.Repeats.Select(c => c.Replaces)).OfType<Entry>();
        var outgoing = plan.RemovedFiles.Concat(replaced).Concat(plan.Cleared.Where(e => !e.IsFolder)).ToList();
        var backups = outgoing.Select(e => (From: e.Path, To: plan.BackupOf(e.Path))).Where(m => m.To is not null).Select(m => (m.From, To: m.To!.Value)).ToList();
        return new PlanCost
        {
            NewFolders = plan.Folders.Count + backups.Select(m => m.To.Parent).Distinct().Count(),
            UploadSessions = plan.Transfers.GroupBy(t => t.Target.Parent).Sum(g => Sessions(g, batch)),
            Copies = ByFolder(plan.Copies.Concat(plan.Repeats).Select(c => (c.From.Path, c.Target))),
            Moves = ByFolder(plan.Renames.Select(r => (r.From, r.To)).Concat(backups)),
            Removals = Calls(outgoing.Count - backups.Count) + plan.RemovedFolders.Count + plan.Cleared.Count(e => e.IsFolder),
            Times = plan.Times.Count,
        };
    }

    private static int ByFolder(IEnumerable<(VolumePath From, VolumePath To)> items)
    {
        var kept = items.ToLookup(i => i.From.Name == i.To.Name);
        return kept[false].Count() + kept[true].GroupBy(i => i.To.Parent).Sum(g => Calls(g.Count()));
    }

    private static int Sessions(IEnumerable<PlannedTransfer> transfers, int batch)
    {
        var (sessions, files, bytes) = (0, batch, 0L);
        foreach (var size in transfers.Select(t => t.Source.Size))
        {
            if (files >= batch || bytes + size > BytesInOneSession)
                (sessions, files, bytes) = (sessions + 1, 0, 0);
            (files, bytes) = (files + 1, bytes + size);
        }

        return sessions;
    }

    private static int Calls(int names) => (names + NamesInOneCall - 1) / NamesInOneCall;
}

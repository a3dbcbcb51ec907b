namespace OneFichier.Drive.Staging;

/// <summary>Finds again what an earlier process left in the spool.</summary>
internal static class SpoolRecovery
{
    private const int Short = 64 * 1024;
    private const int Long = 4 * 1024;
    private const string BootPath = "/proc/sys/kernel/random/boot_id";

    private static string? Boot => File.Exists(BootPath) ? File.ReadAllText(BootPath).Trim() : null;

    public static void Replay(Spool spool, IReadOnlyList<SpoolRecord> records)
    {
        var overlay = spool.Overlay;
        var boot = Boot;
        var sameBoot = boot is not null && records.LastOrDefault(r => r.Op == SpoolRecord.Session)?.Mark == boot;
        foreach (var record in records.Where(r => sameBoot || !r.Soft))
            overlay.Apply(record);
        foreach (var file in overlay.Files.Values.ToList())
        {
            if (file.Node is null || !file.IsTold || !File.Exists(file.Data.Path))
                Drop(overlay, file);
            else
                Keep(file, spool);
        }

        spool.Folder.RemoveDebris(overlay.Files.ContainsKey);
        spool.Folder.SyncNames();
        Rewrite(spool);
    }

    /// <summary>Writes the journal anew, when it has become long beside what it tells of and every file it tells of is on the disk. The word of an older state must not go before.</summary>
    public static void Shorten(Spool spool)
    {
        var overlay = spool.Overlay;
        lock (overlay.Gate)
        {
            if (spool.Journal.Length < Short + (Long * overlay.Files.Count) || overlay.Files.Values.Any(f => f is { Dirty: true, Node: not null, IsHard: false }))
                return;
            Rewrite(spool);
        }
    }

    private static void Rewrite(Spool spool)
    {
        IReadOnlyList<SpoolRecord> session = [new SpoolRecord { Op = SpoolRecord.Session, Mark = Boot }];
        IReadOnlyList<SpoolRecord> intent = spool.Overlay.Intent is { } open ? [open] : [];
        spool.Journal.Rewrite(() => [session, .. spool.Overlay.Snapshot(), intent]);
    }

    /// <summary>A file whose content cannot be believed: what it was to replace is seen again.</summary>
    private static void Drop(Overlay overlay, StagedFile file) => overlay.Apply(new SpoolRecord { Op = SpoolRecord.Forget, Id = file.Id });

    private static void Keep(StagedFile file, Spool spool)
    {
        file.CutToLength();
        file.Told(hard: true);
        file.Finished = file.Changed = spool.Now;
    }
}

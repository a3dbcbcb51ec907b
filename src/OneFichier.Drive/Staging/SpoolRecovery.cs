namespace OneFichier.Drive.Staging;

/// <summary>Finds again what an earlier process left in the spool.</summary>
internal static class SpoolRecovery
{
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
            if (file.Node is null || !file.IsTold || !File.Exists(file.DataPath))
                Drop(overlay, file);
            else
                Keep(file, spool);
        }

        spool.Folder.RemoveDebris(overlay.Files.ContainsKey);
        spool.Folder.SyncNames();
        IReadOnlyList<SpoolRecord> session = [new SpoolRecord { Op = SpoolRecord.Session, Mark = boot }];
        IReadOnlyList<SpoolRecord> intent = overlay.Intent is { } open ? [open] : [];
        spool.Journal.RewriteAsync([session, .. overlay.Snapshot(), intent]).GetAwaiter().GetResult();
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

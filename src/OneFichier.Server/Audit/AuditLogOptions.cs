namespace OneFichier.Server.Audit;

/// <summary>How the audit log is kept.</summary>
public sealed record AuditLogOptions
{
    /// <summary>Bytes of a file; when the next records would make it larger, a new one is begun. Default 16 MiB.</summary>
    public long FileSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long records may wait to be forced to the disk. They survive the end of the process at once; a power cut may take the last so long. Default a second.</summary>
    public TimeSpan SyncEvery { get; init; } = TimeSpan.FromSeconds(1);
}

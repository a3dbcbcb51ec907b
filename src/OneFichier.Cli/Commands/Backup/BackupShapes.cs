using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

internal sealed record BackupMadeShape(string Name, string Repository, IReadOnlyList<string> Sources, string? Password);

internal sealed record BackupSetShape(string Name, string Repository, string Host, IReadOnlyList<string> Sources, BackupRunRecord? LastRun, BackupRunRecord? LastGood);

internal sealed record BackupPasswordShape(string Name, string Password);

internal sealed record BackupRemovedShape(string Type, string Name, string Repository);

internal sealed record BackupSnapshotShape(string Set, string Id, DateTimeOffset Time, string Host, IReadOnlyList<string> Paths, IReadOnlyList<string> Tags)
{
    public static BackupSnapshotShape Of(string set, Snapshot snapshot) => new(set, snapshot.Id, snapshot.Time, snapshot.Host, snapshot.Paths, snapshot.Tags);
}

internal sealed record BackupProgressEvent(string Type, string Set, long FilesDone, long Files, long BytesDone, long Bytes);

internal sealed record BackupRunSummary(string Type, string Set, string? Snapshot, long Files, long Bytes, long FilesAdded, long FilesChanged, long FilesUnmodified, long BytesAdded, int Failed)
{
    public required long Requests { get; init; }

    public required long Sent { get; init; }

    public required long Fetched { get; init; }

    public required double Seconds { get; init; }

    public required bool DryRun { get; init; }
}

internal sealed record BackupRestoreSummary(string Type, string Set, string Snapshot, string To, int Failed)
{
    /// <summary>How many files; <see langword="null"/> where restic does not say.</summary>
    public long? Files { get; init; }

    public long? Bytes { get; init; }

    public required long Requests { get; init; }

    public required long Fetched { get; init; }
}

internal sealed record BackupForgottenEvent(string Type, string Set, string Id, DateTimeOffset Time, bool DryRun);

internal sealed record BackupForgetSummary(string Type, string Set, int Forgotten, bool Pruned, long Requests, bool DryRun);

internal sealed record BackupMismatchEvent(string Type, string Set, string Path, string Reason);

internal sealed record BackupCheckSummary(string Type, string Set, string? Snapshot, int Restored, int Compared, long Bytes, int Mismatches, int Seed, long Requests, long Fetched);

using System.Globalization;
using System.Text;

namespace OneFichier.Server.Backup;

/// <summary>What restic is called with. No secret is among it.</summary>
public static class ResticArguments
{
    /// <summary>A backup.</summary>
    public static IReadOnlyList<string> Backup(BackupPlan plan, ResticVersion version)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return
        [
            "backup", "--json", "--host", plan.Host,
            "--pack-size", plan.PackSize.ToString(CultureInfo.InvariantCulture),
            "--option", string.Create(CultureInfo.InvariantCulture, $"rest.connections={plan.Connections}"),
            .. plan.Tags.Select(t => $"--tag={t}"),
            .. plan.Excludes.Select(e => $"--exclude={e}"),
            .. plan.ExcludeFiles.Select(e => $"--exclude-file={e}"),
            .. If(plan.ExcludeCaches, "--exclude-caches"),
            .. If(plan.OneFileSystem, "--one-file-system"),
            .. If(plan.DryRun, "--dry-run"),
            .. If(plan.SkipsTotals && version.CanSkipScan, "--no-scan"),
            "--", .. plan.Sources,
        ];
    }

    /// <summary>Letting go of snapshots, grouped by machine and paths as restic does.</summary>
    public static IReadOnlyList<string> Forget(ForgetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return
        [
            "forget", "--json", "--pack-size", request.PackSize.ToString(CultureInfo.InvariantCulture),
            .. request.Keep.Arguments(),
            .. request.Host is { } host && request.Snapshots.Count == 0 ? (string[])["--host", host] : [],
            .. If(request.Prune, "--prune"),
            .. If(request.DryRun, "--dry-run"),
            "--", .. request.Snapshots,
        ];
    }

    /// <summary>A restore.</summary>
    public static IReadOnlyList<string> Restore(RestoreRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return
        [
            "restore", "--json", "--no-lock", "--target", request.Target,
            .. request.Includes.Select(p => $"--include={p}"),
            .. request.Excludes.Select(p => $"--exclude={p}"),
            .. If(request.Verify, "--verify"),
            "--", request.Snapshot,
        ];
    }

    /// <summary>A check: of the structure, and as told of the data.</summary>
    /// <param name="data">Nothing, or how much of the data is read: all, or a share as <c>5%</c>, <c>1/7</c>, <c>2G</c>.</param>
    public static IReadOnlyList<string> Check(string? data) => ["check", .. data switch { null => [], "all" => ["--read-data"], _ => (string[])[$"--read-data-subset={data}"] }];

    /// <summary>A pattern that matches one path and no other.</summary>
    public static string Exactly(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var pattern = new StringBuilder(path.Length + 8);
        foreach (var c in path)
            pattern.Append(c is '*' or '?' or '[' or '\\' ? "\\" : "").Append(c);
        return pattern.ToString();
    }

    private static string[] If(bool condition, string argument) => condition ? [argument] : [];
}

/// <summary>Snapshots to let go of: those named, or what is not to be kept.</summary>
public sealed record ForgetRequest(Retention Keep, IReadOnlyList<string> Snapshots)
{
    /// <summary>Only those of this machine; default of all.</summary>
    public string? Host { get; init; }

    /// <summary>Whether data that no snapshot needs any more is removed too.</summary>
    public bool Prune { get; init; }

    /// <summary>Whether it is only said what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>MiB of packs that are written anew.</summary>
    public int PackSize { get; init; } = 64;
}

/// <summary>What is restored, and where to.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Target">The folder.</param>
public sealed record RestoreRequest(string Snapshot, string Target)
{
    /// <summary>Patterns of what is restored; none for everything.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>Patterns of what is not.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>Whether what was written is read again and compared with the snapshot.</summary>
    public bool Verify { get; init; }
}

using System.Text.Json.Serialization;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Settings;

/// <summary>A backup set. Its repository's password is in the store, as <c>backup.NAME</c>.</summary>
/// <param name="Repository">Where the repository is, as a path of the command line that means the same whatever <c>--account</c> says.</param>
/// <param name="Store">The store that keeps the password.</param>
/// <param name="Host">The name of this machine in snapshots.</param>
internal sealed record BackupRecord(string Repository, string Store, string Host)
{
    /// <summary>Folders and files of this machine, by their whole paths.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Excludes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ExcludeFiles { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ExcludeCaches { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OneFileSystem { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>What <c>forget</c> keeps where it is not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Retention? Keep { get; init; }

    /// <summary>MiB of a pack.</summary>
    public int PackSize { get; init; } = 64;

    /// <summary>Packs on their way at a time.</summary>
    public int Connections { get; init; } = 3;

    /// <summary>The secret's name in the store.</summary>
    public static string SecretOf(string name) => $"backup.{name}";

    public BackupPlan ToPlan() => new()
    {
        Sources = Sources,
        Host = Host,
        Excludes = Excludes ?? [],
        ExcludeFiles = ExcludeFiles ?? [],
        ExcludeCaches = ExcludeCaches,
        OneFileSystem = OneFileSystem,
        Tags = Tags ?? [],
        PackSize = PackSize,
        Connections = Connections,
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Cli.Settings;

/// <summary>The configuration file, version 1: no secret is in it.</summary>
internal sealed record Config
{
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    /// <summary>The accounts whose keys are stored, by name.</summary>
    public IReadOnlyDictionary<string, AccountRecord> Accounts { get; set; } = new Dictionary<string, AccountRecord>(StringComparer.Ordinal);

    /// <summary>Encrypted remotes, by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public IReadOnlyDictionary<string, CryptRecord>? Crypts { get; set; }

    /// <summary>Backup sets, by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public IReadOnlyDictionary<string, BackupRecord>? Backups { get; set; }

    /// <summary>Values of flags, by their name without the dashes.</summary>
    public IReadOnlyDictionary<string, JsonElement> Preferences { get; set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>What this program does not know, kept as it is.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>The values of a preference as they would be typed; several for a list.</summary>
    public IReadOnlyList<string> Preference(string name) => !Preferences.TryGetValue(name, out var value) ? [] : value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(v => v.ToString())],
        JsonValueKind.Null => [],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        _ => [value.ToString()],
    };

    public Config With(string account, AccountRecord record) => this with
    {
        Accounts = new SortedDictionary<string, AccountRecord>(new Dictionary<string, AccountRecord>(Accounts) { [account] = record }, StringComparer.Ordinal),
    };

    public Config With(string name, CryptRecord record) => this with
    {
        Crypts = new SortedDictionary<string, CryptRecord>(new Dictionary<string, CryptRecord>(Crypts ?? new Dictionary<string, CryptRecord>()) { [name] = record }, StringComparer.Ordinal),
    };

    public Config With(string name, BackupRecord record) => this with
    {
        Backups = new SortedDictionary<string, BackupRecord>(new Dictionary<string, BackupRecord>(Backups ?? new Dictionary<string, BackupRecord>()) { [name] = record }, StringComparer.Ordinal),
    };

    public Config WithoutBackup(string name) => this with { Backups = Backups?.Where(b => b.Key != name).ToDictionary() };

    public Config Without(string account) => this with { Accounts = Accounts.Where(a => a.Key != account).ToDictionary() };
}

/// <summary>An account whose key is stored.</summary>
/// <param name="Fingerprint">Tells the key apart from others and gives nothing of it away.</param>
/// <param name="Store">The store that keeps the key.</param>
/// <param name="Created">When it was stored.</param>
internal sealed record AccountRecord(string Fingerprint, string Store, DateTimeOffset Created);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(Config))]
internal sealed partial class ConfigJson : JsonSerializerContext;

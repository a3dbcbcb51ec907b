using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier backup</c>: restic, driven through our own gateway.</summary>
internal static class BackupVerbs
{
    public static VerbGroup Group() => new("backup", "Back this machine up with restic, and restore it.")
    {
        new BackupInitVerb(),
        new BackupRunVerb(),
        new BackupSnapshotsVerb(),
        new BackupRestoreVerb(),
        new BackupForgetVerb(),
        new BackupCheckVerb(),
        new BackupLsVerb(),
        new BackupPasswordVerb(),
        new BackupRmVerb(),
    };

    public static Argument<string> Name() => new("NAME") { Description = "the backup set" };

    public static Argument<string> OptionalName(string fallback) => new("NAME") { Description = $"the backup set (default {fallback})", DefaultValueFactory = _ => "", Arity = ArgumentArity.ZeroOrOne };

    public static Option<string> Restic() => Flags.Text("--restic", "PATH", $"the restic to use, {ResticVersion.Least} or later (default the one in the search path)");

    public static Task<ResticProgram> ResticAsync(Call call, Option<string> restic, CancellationToken cancellationToken) =>
        ResticProgram.FindAsync(call.Get(restic), Environment.GetEnvironmentVariable("PATH"), cancellationToken);
}

/// <summary>A backup set by its name.</summary>
internal sealed record BackupSet(string Name, BackupRecord Record)
{
    /// <summary>The set of a name.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static BackupSet Named(Call call, string name) => call.Config.Backups?.GetValueOrDefault(name) is { } record
        ? new BackupSet(name, record)
        : throw new CliException(ExitCodes.Failed, $"There is no backup set '{Escaping.Visible(name)}'.", All(call).Count == 0 ? "Make one: fichier backup init --help" : "See: fichier backup ls");

    /// <summary>The set of a name, or all of them where none is given.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static IReadOnlyList<BackupSet> NamedOrAll(Call call, string name)
    {
        if (name.Length > 0)
            return [Named(call, name)];

        return All(call) is { Count: > 0 } all ? all : throw new CliException(ExitCodes.Failed, "There is no backup set yet.", "Make one: fichier backup init --help");
    }

    public static IReadOnlyList<BackupSet> All(Call call) => [.. (call.Config.Backups ?? new Dictionary<string, BackupRecord>()).Select(b => new BackupSet(b.Key, b.Value))];

    public string StateFolder(Call call) => Path.Combine(call.Places.StateFolder, "backup", Name);

    public string CacheFolder(Call call) => Path.Combine(call.Places.CacheFolder, "backup", Name);

    public BackupHistory History(Call call) => new(StateFolder(call));
}

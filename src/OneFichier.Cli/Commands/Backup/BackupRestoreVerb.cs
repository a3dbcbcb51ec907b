using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

internal sealed class BackupRestoreVerb : Verb
{
    private readonly Argument<string> _name = BackupVerbs.Name();
    private readonly Option<string> _snapshot = Flags.Text("--snapshot", "ID", "which snapshot; latest is the newest of this machine, or of all where it has none", Snapshot.Latest);
    private readonly Option<string[]> _include = Flags.Texts("--include", "PATTERN", "restore only what matches, as /home/me/photos", "-i");
    private readonly Option<string[]> _exclude = Flags.Texts("--exclude", "PATTERN", "leave out what matches", "-e");
    private readonly Option<string> _to = Flags.Text("--to", "DIR", "the folder to restore into, made when missing; whole paths are kept below it");
    private readonly Option<bool> _overwrite = Flags.Switch("--overwrite", "go on where the folder is not empty; files in it are replaced");
    private readonly Option<bool> _verify = Flags.Switch("--verify", "read what was written again and compare it");
    private readonly Option<string> _restic = BackupVerbs.Restic();

    public BackupRestoreVerb() : base("restore", "Restore a snapshot, or a part of it, into a folder.")
    {
        Details = "Every piece is proven by its SHA-256 as it is restored. Files that cannot be restored are listed, and the rest is (exit code 6).";
        Examples =
        [
            new("fichier backup restore laptop --to /tmp/back", "the newest snapshot"),
            new("fichier backup restore laptop --snapshot 1a2b3c4d --include /home/me/photos --to /tmp/back", "a folder as it was then"),
        ];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_name);
        foreach (var option in (Option[])[_snapshot, _include, _exclude, _to, _overwrite, _verify, _restic])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var set = BackupSet.Named(call, call.Get(_name));
        var target = TargetOf(call);
        var program = await BackupVerbs.ResticAsync(call, _restic, cancellationToken);
        await using var session = await BackupSession.OpenAsync(call, set, program, BackupMode.Reading, cancellationToken);
        var snapshot = Find(await session.Repository.SnapshotsAsync(cancellationToken), set, call.Get(_snapshot)!);
        if (call.Globals.DryRun)
        {
            call.Screen.Note($"Would restore snapshot {snapshot.ShortId} of {snapshot.Time.ToLocalTime():yyyy-MM-dd HH:mm:ss} to {Escaping.Visible(target)}.");
            return ExitCodes.Done;
        }

        var display = new BackupDisplay(call, set.Name);
        var request = new RestoreRequest(snapshot.Id, target) { Includes = call.Get(_include) ?? [], Excludes = call.Get(_exclude) ?? [], Verify = call.Get(_verify) };
        var result = await display.RunAsync(() => session.Repository.RestoreAsync(request, display, cancellationToken));
        Summarise(call, (set, snapshot, target), session, result);
        return result.Failed == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    /// <summary>The snapshot that is meant, by the first digits of its name, or the newest.</summary>
    /// <exception cref="CliException">There is none, or several begin so.</exception>
    public static Snapshot Find(IReadOnlyList<Snapshot> snapshots, BackupSet set, string wanted)
    {
        var found = wanted == Snapshot.Latest
            ? Snapshot.LatestOf(snapshots, set.Record.Host) is { } latest ? [latest] : []
            : snapshots.Where(s => s.Id.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [var only] => only,
            [] when snapshots.Count == 0 => throw new CliException(ExitCodes.FileNotFound, $"There is no snapshot in '{set.Name}' yet.", $"Make one: fichier backup run {set.Name}"),
            [] => throw new CliException(ExitCodes.FileNotFound, $"There is no snapshot '{Escaping.Visible(wanted)}' in '{set.Name}'.", $"See: fichier backup snapshots {set.Name}"),
            _ => throw CliException.Usage($"{found.Count} snapshots begin with '{Escaping.Visible(wanted)}'.", "Give more digits."),
        };
    }

    private string TargetOf(Call call)
    {
        if (call.Get(_to) is not { Length: > 0 } to)
            throw CliException.Usage("Where is it to be restored?", "Name a folder: --to DIR");

        var target = Path.GetFullPath(to);
        if (File.Exists(target))
            throw CliException.Usage($"--to: '{Escaping.Visible(to)}' is a file.", "Name a folder.");

        return call.Get(_overwrite) || !Directory.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any()
            ? target
            : throw CliException.Usage($"--to: '{Escaping.Visible(to)}' is not empty.", "Name an empty folder, or, to replace files in it, add --overwrite");
    }

    private static void Summarise(Call call, (BackupSet Set, Snapshot Snapshot, string Target) what, BackupSession session, BackupResult result)
    {
        if (call.Screen.Json)
        {
            call.Screen.Event(
                new BackupRestoreSummary("summary", what.Set.Name, what.Snapshot.Id, what.Target, result.Failed)
                {
                    Files = result.Summary.Files > 0 ? result.Summary.Files : null,
                    Bytes = result.Summary.Files > 0 ? result.Summary.Bytes : null,
                    Requests = session.Requests,
                    Fetched = session.Fetched,
                },
                JsonShapes.Default.BackupRestoreSummary);
            return;
        }

        var left = result.Failed == 0 ? "" : $" {result.Failed} could not be restored.";
        call.Screen.Note($"Restored snapshot {what.Snapshot.ShortId} of {what.Snapshot.Time.ToLocalTime():yyyy-MM-dd HH:mm:ss} to {Escaping.Visible(what.Target)}.{left} {session.Cost}.");
    }
}

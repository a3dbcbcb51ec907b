using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

internal sealed class BackupRunVerb : ChangeVerb
{
    private readonly Argument<string> _name = BackupVerbs.OptionalName("all of them, one after another");
    private readonly Option<string> _restic = BackupVerbs.Restic();

    public BackupRunVerb() : base("run", "Back up now.")
    {
        Details =
            "Adds a snapshot. It is done when everything is on the service. What is stored cannot be removed or replaced by such a run. Files that cannot be read\n"
            + "are listed and left out (exit code 6). Killed at any point, nothing that was stored is harmed, and the next run\n"
            + "sends what is missing.";
        Examples = [new("fichier backup run laptop", "one set"), new("fichier job add --cron \"0 2 * * *\" -- backup run laptop", "every night")];
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_name);
        Options.Add(_restic);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var sets = BackupSet.NamedOrAll(call, call.Get(_name));
        var program = await BackupVerbs.ResticAsync(call, _restic, cancellationToken);
        var codes = new List<int>();
        foreach (var set in sets)
        {
            try
            {
                codes.Add(await RecordedAsync(call, set, program, cancellationToken));
            }
            catch (Exception e) when (sets.Count > 1 && (ConcernsOne(e) || e is CliException))
            {
                TellFailed(call, set.Name, e);
                codes.Add(Failure.Of(e).ExitCode);
            }
        }

        return codes.Distinct().Count() == 1 ? codes[0] : ExitCodes.SomeFailed;
    }

    private static async Task<int> RecordedAsync(Call call, BackupSet set, ResticProgram program, CancellationToken cancellationToken)
    {
        try
        {
            return await BackUpAsync(call, set, program, cancellationToken);
        }
        catch (Exception e) when (!call.Globals.DryRun)
        {
            await set.History(call).AddAsync(new BackupRunRecord(call.Time.GetUtcNow(), Failure.Of(e).ExitCode, null, 0, 0), CancellationToken.None);
            throw;
        }
    }

    private static async Task<int> BackUpAsync(Call call, BackupSet set, ResticProgram program, CancellationToken cancellationToken)
    {
        var display = new BackupDisplay(call, set.Name);
        var missing = MissingOf(set);
        foreach (var source in missing)
            display.Failed(source, "there is no such file or folder");

        var plan = set.Record.ToPlan() with
        {
            Sources = [.. set.Record.Sources.Except(missing)],
            Excludes = [.. set.Record.Excludes ?? [], ResticArguments.Exactly(call.Places.CacheFolder)],
            DryRun = call.Globals.DryRun,
            SkipsTotals = !call.Screen.ShowsProgress,
        };
        await using var session = await BackupSession.OpenAsync(call, set, program, BackupMode.Adding, cancellationToken);
        var result = await display.RunAsync(() => session.Repository.BackUpAsync(plan, display, cancellationToken));
        var failed = result.Failed + missing.Count;
        var code = failed == 0 ? ExitCodes.Done : ExitCodes.SomeFailed;
        if (!call.Globals.DryRun)
            await set.History(call).AddAsync(new BackupRunRecord(call.Time.GetUtcNow(), code, result.Summary.Snapshot, session.Sent, session.Requests), CancellationToken.None);
        Summarise(call, set.Name, session, result.Summary, failed);
        return code;
    }

    private static List<string> MissingOf(BackupSet set)
    {
        if (set.Record.Sources.Count == 0)
            throw CliException.Usage($"The backup set '{set.Name}' has no sources; it is for restoring.", $"To back up into it: fichier backup rm {set.Name}, then init it again with --existing and --source");

        var missing = set.Record.Sources.Where(s => !Path.Exists(s)).ToList();
        return missing.Count < set.Record.Sources.Count
            ? missing
            : throw new CliException(ExitCodes.FolderNotFound, $"None of the sources of '{set.Name}' is there: {string.Join(", ", missing.Select(Escaping.Visible))}.", "Is a disk not mounted? Nothing was changed.");
    }

    private static void Summarise(Call call, string set, BackupSession session, BackupSummary done, int failed)
    {
        if (call.Screen.Json)
        {
            call.Screen.Event(
                new BackupRunSummary("summary", set, done.Snapshot, done.Files, done.Bytes, done.FilesAdded, done.FilesChanged, done.FilesUnmodified, done.BytesAdded, failed)
                {
                    Requests = session.Requests,
                    Sent = session.Sent,
                    Fetched = session.Fetched,
                    Seconds = Math.Round(session.Elapsed.TotalSeconds, 3),
                    DryRun = call.Globals.DryRun,
                },
                JsonShapes.Default.BackupRunSummary);
            return;
        }

        var left = failed == 0 ? "" : $" {failed} could not be read and are not in it.";
        var what = call.Globals.DryRun ? "would be" : $"snapshot {done.Snapshot}:";
        call.Screen.Note($"{set}: {what} {done.Files} files ({Units.Size(done.Bytes)}), {done.FilesAdded} new, {done.FilesChanged} changed, {Units.Size(done.BytesAdded)} added.{left} {session.Cost}.");
    }
}

using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Backup;

namespace OneFichier.Cli.Commands;

internal sealed class BackupForgetVerb : Verb
{
    private readonly Argument<string> _name = BackupVerbs.Name();
    private readonly Argument<string[]> _snapshots = new("ID") { Description = "snapshots to let go of, by the first digits of their names (default those that are not to be kept)", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _prune = Flags.Switch("--prune", "also remove the data that no snapshot needs any more");
    private readonly Option<bool> _allHosts = Flags.Switch("--all-hosts", "those of other machines in the repository too");
    private readonly Option<string> _restic = BackupVerbs.Restic();
    private readonly RetentionFlags _keep;

    public BackupForgetVerb() : base("forget", "Let go of old snapshots, and with --prune of their data.")
    {
        Details =
            "This, and nothing else, opens the repository for removal. It asks before it does, and where nobody can be asked it wants --yes. Run it from a machine\n"
            + "you trust: look at the snapshots first, since whoever had taken over this one could have added worthless ones. What is kept is said by flags, or\n"
            + "by those that were given to init.";
        Examples =
        [
            new("fichier backup forget laptop --keep-daily 7 --keep-weekly 5 --keep-monthly 12 --prune", "thin out"),
            new("fichier backup forget laptop --keep-last 3 --dry-run", "only say what would go"),
            new("fichier backup forget laptop 1a2b3c4d", "one snapshot"),
        ];
        Exits = [ExitCodes.FileNotFound, ExitCodes.Temporary, ExitCodes.Fatal, ExitCodes.Key];
        Arguments.Add(_name);
        Arguments.Add(_snapshots);
        foreach (var option in (Option[])[_prune, _allHosts, _restic])
            Options.Add(option);
        _keep = new RetentionFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var set = BackupSet.Named(call, call.Get(_name));
        var (named, prune) = (call.Get(_snapshots), call.Get(_prune));
        var keep = _keep.Of(call) ?? set.Record.Keep;
        if (keep is null && named.Length == 0)
            throw CliException.Usage("Which snapshots are to be kept?", "Say it by --keep-daily 7 and the like, or name those to let go of.");

        var program = await BackupVerbs.ResticAsync(call, _restic, cancellationToken);
        if (!call.Globals.DryRun)
            Confirmation.Require(call, $"Snapshots of '{set.Name}'{(prune ? " and their data" : "")} are removed for good. Go ahead?", always: true);

        await using var session = await BackupSession.OpenAsync(call, set, program, BackupMode.Removing, cancellationToken);
        var chosen = named.Length == 0 ? [] : await ChosenAsync(session, set, named, cancellationToken);
        var request = new ForgetRequest(named.Length == 0 ? keep! : new Retention(), [.. chosen.Select(s => s.Id)])
        {
            Host = call.Get(_allHosts) ? null : set.Record.Host,
            Prune = prune,
            DryRun = call.Globals.DryRun,
            PackSize = set.Record.PackSize,
        };
        var gone = await session.Repository.ForgetAsync(request, cancellationToken);
        Tell(call, set, session, named.Length == 0 ? gone : chosen, prune);
        return ExitCodes.Done;
    }

    private static async Task<IReadOnlyList<Snapshot>> ChosenAsync(BackupSession session, BackupSet set, string[] named, CancellationToken cancellationToken)
    {
        var snapshots = await session.Repository.SnapshotsAsync(cancellationToken);
        return [.. named.Select(n => BackupRestoreVerb.Find(snapshots, set, n)).Distinct()];
    }

    private static void Tell(Call call, BackupSet set, BackupSession session, IReadOnlyList<Snapshot> gone, bool prune)
    {
        foreach (var snapshot in gone)
        {
            if (call.Screen.Json)
                call.Screen.Event(new BackupForgottenEvent("forgotten", set.Name, snapshot.Id, snapshot.Time, call.Globals.DryRun), JsonShapes.Default.BackupForgottenEvent);
            else
                call.Screen.Line($"{(call.Globals.DryRun ? "would forget" : "forgotten")}  {snapshot.ShortId}  {snapshot.Time.ToLocalTime():yyyy-MM-dd HH:mm:ss}  {call.Screen.Shown(string.Join(' ', snapshot.Paths))}");
        }

        if (call.Screen.Json)
            call.Screen.Event(new BackupForgetSummary("summary", set.Name, gone.Count, prune && !call.Globals.DryRun, session.Requests, call.Globals.DryRun), JsonShapes.Default.BackupForgetSummary);
        else
            call.Screen.Note($"{set.Name}: {gone.Count} snapshot{(gone.Count == 1 ? "" : "s")} {(call.Globals.DryRun ? "would be let go of" : "let go of")}{(prune && !call.Globals.DryRun ? ", and the data only they needed" : "")}. {session.Cost}.");
    }
}

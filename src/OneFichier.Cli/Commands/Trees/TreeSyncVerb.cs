using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>A verb that makes one tree of another: compares, plans, and carries the plan out.</summary>
internal abstract class TreeSyncVerb : Verb
{
    private readonly Argument<string> _source = PathArguments.One("SRC");
    private readonly Argument<string> _target = PathArguments.Target();
    private readonly SyncFlags _wanted;
    private readonly RunFlags _how;
    private readonly Freshness _freshness;

    protected TreeSyncVerb(string name, string summary, SyncKind kind) : base(name, summary)
    {
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.TransferLimit, ExitCodes.NothingToTransfer, ExitCodes.DurationLimit, ExitCodes.Key, ExitCodes.Integrity];
        Arguments.Add(_source);
        Arguments.Add(_target);
        _wanted = new SyncFlags(this, kind);
        _how = new RunFlags(this, kind);
        _freshness = new Freshness(this, "--index-age");
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var (wanted, how) = (_wanted.Of(call), _how.Of(call));
        RefuseLink(Place.Parse(call.Get(_target)));
        using var session = _freshness.Open(call, _how.Volumes(call), _how.Disks(call));
        var ends = await SyncEnds.OpenAsync(session, (call.Get(_source), call.Get(_target), _wanted.Backup(call)), wanted, cancellationToken);
        var plan = await PlanAsync(ends, cancellationToken);
        var cost = PlanCost.Of(plan, ends.Wanted.Kind, ends.Source.Volume.Traits, ends.Destination.Volume.Traits);
        if (call.Globals.DryRun)
            return new PlanReport(call, ends).Write(plan, cost);

        var report = new RunReport(call, ends, _how.FailsOnNothing(call));
        report.Tell(plan);
        var display = new SyncDisplay(call.Screen, call.Time) { Item = report.Tell, Shown = ends.Below };
        var runner = new SyncRunner(ends.Source, ends.Destination, ends.Wanted, how with { Progress = display, RequestTime = await session.RequestTimeAsync(cancellationToken) });
        var result = await display.RunAsync(Name, () => runner.RunAsync(plan, cancellationToken));
        return report.Conclude(plan, result);
    }

    private static void RefuseLink(Place target)
    {
        if (target is LinkPlace or SharePlace)
            throw CliException.Usage($"'{Escaping.Visible(target.Text)}' is a link, which can be read and not written.", "Name a folder of an account, as 1f:docs, or a local one.");
    }

    private static async Task<SyncPlan> PlanAsync(SyncEnds ends, CancellationToken cancellationToken)
    {
        try
        {
            return await new SyncPlanner(ends.Source, ends.Destination, ends.Wanted).PlanAsync(null, cancellationToken);
        }
        catch (OverlapException e)
        {
            throw CliException.Usage(e.Message);
        }
    }
}

internal sealed class CopyVerb : TreeSyncVerb
{
    public CopyVerb() : base("copy", "Copy what a tree lacks or has otherwise; nothing is removed.", SyncKind.Copy)
    {
        Details =
            "The contents of SRC go into DST, either of which is local, an account, an encrypted remote, or as SRC a link. What is there already with the same\n"
            + "size and time, or checksum, is left alone; what the account holds elsewhere is copied on the service and not sent. See also: put, get, cp.";
        Examples =
        [
            new("fichier copy -P photos 1f:photos", "with progress"),
            new("fichier copy --include '*.mkv' --max-age 7d /media 1f:media", "what is new"),
            new("fichier copy work:docs 1f:docs", "between accounts, on the service"),
        ];
    }
}

internal sealed class SyncVerb : TreeSyncVerb
{
    public SyncVerb() : base("sync", "Make a tree like another, removing what the other has not.", SyncKind.Sync)
    {
        Details =
            "As copy; then what DST has and SRC has not is removed, once every transfer succeeded. What a filter leaves out is neither sent nor removed. A folder\n"
            + "that cannot be listed is never taken for empty. Killed at any point, the same command does the rest.";
        Examples =
        [
            new("fichier sync --dry-run /data 1f:data", "what would be done, and what it would cost"),
            new("fichier sync --backup-dir 1f:old/$(date +%F) --track-renames /data 1f:data", "keep what would go; move what was renamed"),
            new("fichier sync --bwlimit '08:00,1M 20:00,off' --max-duration 6h /data 1f:data", "by day and by night"),
        ];
    }
}

internal sealed class MoveVerb : TreeSyncVerb
{
    public MoveVerb() : base("move", "Copy a tree and remove each file from the source once it is proven in the destination.", SyncKind.Move)
    {
        Details = "Within an account mv is the way: it moves whole folders in a request or two.";
        Examples = [new("fichier move --delete-empty-src-dirs /spool 1f:archive", "send and clear"), new("fichier move 1f:inbox /data/inbox", "fetch and clear")];
    }
}

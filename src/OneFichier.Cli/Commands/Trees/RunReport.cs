using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>Tells what a run does, and how it ended.</summary>
internal sealed class RunReport(Call call, SyncEnds ends, bool failsOnNothing)
{
    private readonly Dictionary<Exception, string> _reasons = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tells the planner's remarks; those with an error are told, in the planner's words, as failures of the run.</summary>
    public void Tell(SyncPlan plan)
    {
        foreach (var note in plan.Notes.Where(n => n.Error is not null))
            _reasons[note.Error!] = note.Text;

        foreach (var note in plan.Notes.Where(n => n.Error is null))
            call.Screen.Warn(Escaping.Visible(note.Text));
    }

    /// <summary>Tells of one thing that was done or could not be done.</summary>
    public void Tell(SyncEvent change)
    {
        switch (change)
        {
            case FileTransferred done:
                Item(new SyncItem("transferred", ends.Below(done.Path)) { Size = done.Size });
                break;
            case FileCopied done:
                Item(new SyncItem("copied", ends.Below(done.Path)));
                break;
            case FileRenamed done:
                Item(new SyncItem("renamed", ends.Below(done.From)) { To = ends.Below(done.To) });
                break;
            case EntryRemoved done:
                Item(new SyncItem("removed", ends.Below(done.Path)));
                break;
            case FileBackedUp done:
                Item(new SyncItem("backedUp", ends.Below(done.Path)) { To = done.Backup.ToString() });
                break;
            case SourceRemoved done:
                Item(new SyncItem("sourceRemoved", ends.ShownSource(done.Path)));
                break;
            case TimeSet done:
                Item(new SyncItem("timeSet", ends.Below(done.Path)));
                break;
            case ItemFailed failed:
                Failed(failed);
                break;
            case SurpriseFound surprise:
                call.Screen.Warn($"{Escaping.Visible(ends.Below(surprise.Path))}: {surprise.Text}");
                break;
            case SyncNotice notice:
                call.Screen.Note(notice.Text);
                break;
        }
    }

    /// <summary>Says the summary and gives the exit code.</summary>
    public int Conclude(SyncPlan plan, SyncResult result)
    {
        Summarise(result);
        if (plan.TooManyDeletes)
            throw new CliException(ExitCodes.Fatal, "More files would have been removed than --max-delete allows, so none was.", "Look at them with --dry-run; then give a higher --max-delete.");

        return result switch
        {
            { Interrupted: true } => throw new OperationCanceledException(),
            { Fatal: { } fatal } => throw fatal,
            { Limit: RunLimit.Transfer } => Ended(ExitCodes.TransferLimit, "--max-transfer is reached; the rest is left for the next run."),
            { Limit: RunLimit.Duration } => Ended(ExitCodes.DurationLimit, "--max-duration is reached; the rest is left for the next run."),
            { Failed.Count: > 0 } => throw FailureOf(result),
            { Complete: false } => Ended(ExitCodes.SomeFailed, "Not everything was done; what was left is listed above."),
            _ => failsOnNothing && result.TransferredFiles + result.Copied == 0 ? ExitCodes.NothingToTransfer : ExitCodes.Done,
        };
    }

    private static CliException FailureOf(SyncResult result)
    {
        var codes = result.Failed.Select(f => Failure.Of(f.Error).ExitCode).Distinct().ToList();
        var code = codes is [var only and not ExitCodes.Failed] && !result.DidAnything && result.Unchanged == 0 ? only : ExitCodes.SomeFailed;
        return new CliException(code, $"{result.Failed.Count} could not be done; they are listed above.", "The same command tries again what is left.");
    }

    private int Ended(int code, string text)
    {
        call.Screen.Note(text);
        return code;
    }

    private void Item(SyncItem item)
    {
        if (call.Screen.Json)
            call.Screen.Event(item, JsonShapes.Default.SyncItem);
        else if (call.Globals.Verbosity > 0)
            call.Screen.Note($"{item.Type}: {Escaping.Visible(item.Path)}{(item.To is null ? "" : $" -> {Escaping.Visible(item.To)}")}");
    }

    private void Failed(ItemFailed failed)
    {
        call.Screen.CountFailure();
        var failure = Failure.Of(failed.Error);
        if (_reasons.TryGetValue(failed.Error, out var reason))
            failure = failure with { Message = reason, Remedy = "" };

        var path = ends.Below(failed.Path) is { Length: > 0 } below ? below : ends.To.Place.Text;
        if (call.Screen.Json)
            call.Screen.Event(new FailedEvent("failed", path, failure.ExitCode, failure.Message, failure.Remedy), JsonShapes.Default.FailedEvent);
        else
            call.Screen.Warn($"{Escaping.Visible(path)}: {failure.Message} {failure.Remedy}".TrimEnd());
    }

    private void Summarise(SyncResult result)
    {
        var summary = new SyncSummary("summary", result.TransferredFiles, result.TransferredBytes, result.Copied, result.Renamed, result.Removed + result.RemovedFolders, result.Unchanged, result.Failed.Count, result.Surprises.Count);
        if (call.Screen.Json)
            call.Screen.Event(summary, JsonShapes.Default.SyncSummary);
        else if (call.Globals.Verbosity > 0 || call.Screen.ErrorIsTerminal)
            call.Screen.Note($"Transferred {summary.Transferred} files ({Units.Size(summary.Bytes)}), copied {summary.Copied} without a transfer, renamed {summary.Renamed}, removed {summary.Removed}; {summary.Unchanged} unchanged, {summary.Failed} failed.");
    }
}

internal sealed record SyncItem(string Type, string Path)
{
    public string? To { get; init; }

    public long? Size { get; init; }
}

internal sealed record SyncSummary(string Type, int Transferred, long Bytes, int Copied, int Renamed, int Removed, int Unchanged, int Failed, int Surprises);

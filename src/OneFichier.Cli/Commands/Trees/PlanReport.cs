using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>What <c>--dry-run</c> prints: every step of a plan, and what all of it would cost.</summary>
internal sealed class PlanReport(Call call, SyncEnds ends)
{
    // What the governor lets through in the long run: one request in 400 ms (docs/design/governor.md).
    private const double RequestsPerSecond = 2.5;

    public int Write(SyncPlan plan, PlanCost cost)
    {
        foreach (var step in Steps(plan))
            Print(step);

        foreach (var note in plan.Notes)
            call.Screen.Warn(Escaping.Visible(note.Text));

        var least = cost.LeastTime(RequestsPerSecond);
        var summary = new PlanSummary("plan", plan.Transfers.Count, cost.Bytes, plan.Copies.Count + plan.Repeats.Count, plan.Renames.Count, plan.RemovedFiles.Count + plan.Cleared.Count, plan.Unchanged.Count, cost.Requests, least.TotalSeconds);
        if (call.Screen.Json)
            call.Screen.Event(summary, JsonShapes.Default.PlanSummary);
        else
            call.Screen.Line(Sentence(summary, least));

        return plan.TooManyDeletes ? ExitCodes.Fatal : plan.Notes.Any(n => n.Error is not null) ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static string Sentence(PlanSummary plan, TimeSpan least) =>
        $"Would transfer {plan.Transfers} files ({Units.Size(plan.Bytes)}), copy {plan.Copies} without a transfer, rename {plan.Renames}, remove {plan.Removals}; {plan.Unchanged} are unchanged. "
        + $"Cost: {plan.Requests} requests, at least {Units.Duration(least)} of the request budget, {Units.Size(plan.Bytes)}.";

    private IEnumerable<PlanStep> Steps(SyncPlan plan)
    {
        foreach (var entry in plan.Cleared)
            yield return Step("remove", ends.Below(entry.Path));

        foreach (var folder in plan.Folders)
            yield return Step("mkdir", Folder(folder));

        foreach (var move in plan.Renames)
            yield return Step("rename", ends.Below(move.From)) with { To = ends.Below(move.To) };

        foreach (var copy in plan.Copies.Concat(plan.Repeats))
            yield return Step("copy", ends.Below(copy.Target)) with { Size = copy.Source.Size };

        foreach (var transfer in plan.Transfers)
            yield return Step("transfer", ends.Below(transfer.Target)) with { Size = transfer.Source.Size, Replaces = transfer.Replaces is not null };

        foreach (var time in plan.Times)
            yield return Step("time", ends.Below(time.File.Path));

        foreach (var path in plan.RemovedFiles.Select(f => ends.Below(f.Path)).Concat(plan.RemovedFolders.Select(f => Folder(f))))
            yield return Step("remove", path);
    }

    private static PlanStep Step(string action, string path) => new("step", action, path);

    private string Folder(VolumePath folder) => ends.Below(folder) is { Length: > 0 } below ? below + "/" : "./";

    private void Print(PlanStep step)
    {
        if (call.Screen.Json)
        {
            call.Screen.Event(step, JsonShapes.Default.PlanStep);
            return;
        }

        var to = step.To is null ? "" : $" -> {call.Screen.Shown(step.To)}";
        var size = step.Size is { } bytes ? $" ({Units.Size(bytes)}{(step.Replaces ? ", replaces" : "")})" : "";
        call.Screen.Line($"{step.Action,-8} {call.Screen.Shown(step.Path)}{to}{size}");
    }
}

internal sealed record PlanStep(string Type, string Action, string Path)
{
    public string? To { get; init; }

    public long? Size { get; init; }

    public bool Replaces { get; init; }
}

internal sealed record PlanSummary(string Type, int Transfers, long Bytes, int Copies, int Renames, int Removals, int Unchanged, int Requests, double LeastSeconds);

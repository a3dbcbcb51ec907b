using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Migration;

namespace OneFichier.Cli.Commands;

/// <summary>What <c>migrate plan</c> prints: what cannot go, the ways of the rest, and what it costs.</summary>
internal sealed class MigratePlanReport(Call call, IMigrationStore store, MigrationHead head)
{
    // What the governor lets through in the long run: one request in 400 ms (docs/design/governor.md).
    private const double RequestsPerSecond = 2.5;
    private const double ExampleLine = 100_000_000 / 8.0;

    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var cannot = 0;
        await foreach (var item in store.ItemsAsync(head.Name, cancellationToken))
        {
            if (item.Way == MigrationWay.Cannot)
                cannot++;

            if (item.Way == MigrationWay.Cannot || call.Globals.Verbosity > 0)
                Tell(item);
        }

        var slices = await store.SlicesAsync(head.Name, openOnly: false, cancellationToken);
        var cost = MigrationCost.Of(head, slices, (await store.FoldersAsync(head.Name, cancellationToken)).Count);
        Summarise(MigrationShape.Of(head, await store.CountAsync(head.Name, cancellationToken), slices), cost);
        return cannot > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private void Tell(MigrationItem item)
    {
        if (call.Screen.Json)
            call.Screen.Event(MigrationItemShape.Of(item.Way == MigrationWay.Cannot ? "cannot" : "item", head, item), JsonShapes.Default.MigrationItemShape);
        else if (item.Way == MigrationWay.Cannot)
            call.Screen.Warn($"{Escaping.Visible(item.Target.ToString())} cannot go: {Escaping.Visible(item.Reason ?? "")}");
        else
            call.Screen.Line($"{MigrateVerbs.Word(item.Way),-6} {call.Screen.Shown(item.Target.ToString())}{(item.Size is { } size ? $" ({Units.Size(size)})" : "")}{(item.Reason is null ? "" : $": {call.Screen.Shown(item.Reason)}")}");
    }

    private void Summarise(MigrationShape shape, MigrationCost cost)
    {
        var least = cost.LeastTime(RequestsPerSecond);
        if (call.Screen.Json)
        {
            call.Screen.Event(shape with { Type = "plan", Cost = new CostShape(cost.Requests, cost.NewFolders, cost.Sessions, cost.Copies, cost.Fetches, cost.Proofs, cost.Carried, least.TotalSeconds) }, JsonShapes.Default.MigrationShape);
            return;
        }

        call.Screen.Line($"{shape.Files} files ({Units.Size(shape.Bytes)}) from {string.Join(", ", shape.Sources.Select(s => call.Screen.Shown(s)))} to {call.Screen.Shown(shape.Target)}:");
        foreach (var way in shape.Ways)
            call.Screen.Line($"  {way.Way,-7} {way.Files,8} files  {Units.Size(way.Bytes),12}  {Meaning(way.Way)}");

        call.Screen.Line($"Cost: {cost.Requests} requests ({cost.NewFolders} folders to make, {cost.Sessions} upload sessions, {cost.Copies} copies, {cost.Fetches} for remote uploads, {cost.Proofs} listings as proof), at least {Units.Duration(least)} of the request budget.");
        if (cost.Carried > 0)
            call.Screen.Line($"      {Units.Size(cost.Carried)} through this machine, which takes {Units.Duration(TimeSpan.FromSeconds(cost.Carried / ExampleLine))} at 100 Mbit/s.");

        var account = head.Target.Split(':')[0] is var owner && owner == call.Globals.Account || owner == "id" ? "" : $" --account {owner}";
        call.Screen.Note(call.Globals.DryRun ? "The plan is not kept (--dry-run)." : $"Carry it out: fichier migrate run {head.Name}{account}");
    }

    private static string Meaning(string way) => way switch
    {
        "there" => "are there already, with the same content",
        "copy" => "are copied on the service; no bytes travel",
        "fetch" => "are fetched by the service itself",
        "carry" => "go through this machine",
        _ => "cannot go, as listed",
    };
}

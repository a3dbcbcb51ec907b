using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Gateways.Strm;

namespace OneFichier.Cli.Commands;

/// <summary>Addresses of the gateway that stay: as a folder of <c>.strm</c> files kept in step, or one a line. Costs no direct link.</summary>
internal sealed class StrmExport(Call call, Uri gateway, string? folder)
{
    public async Task<int> RunAsync(LinkSources sources, CancellationToken cancellationToken)
    {
        var files = sources.Files.Where(f => f.Found is { } found && (f.Place is RemotePlace { MeansFolder: false } at && at.Path.Path == found.Entry.Path || StrmTree.Plays(found.Entry))).ToList();
        foreach (var bare in sources.Files.Where(f => f.Found is null))
            call.Screen.Warn($"{bare.Link.Url}: of a page link alone the gateway finds nothing; name the file by its path.");

        if (folder is null)
        {
            foreach (var address in files.Select(f => StrmTree.AddressOf(gateway, f.Found!.Entry)).OfType<string>())
                call.Screen.Line(address);

            return ChangeVerb.Conclude(sources.Files.Count + sources.Failed.Count, sources.Failed);
        }

        if (!sources.IsWhole)
            call.Screen.Warn("Not everything could be listed, so nothing is removed this time.");
        var result = await new StrmTree(folder, gateway).UpdateAsync([.. files.Select(f => new StrmFile(f.Found!.LocalPath, f.Found.Entry))], sources.IsWhole, call.Globals.DryRun, cancellationToken);
        return Tell(result, sources);
    }

    private int Tell(StrmResult result, LinkSources sources)
    {
        foreach (var change in result.Changes)
            Tell(change);

        var counts = result.Changes.CountBy(c => c.Act).ToDictionary();
        var sum = new StrmSummary("summary", Of(StrmAct.Added), Of(StrmAct.Updated), Of(StrmAct.Removed), result.Unchanged, Of(StrmAct.Kept), Of(StrmAct.Failed), call.Globals.DryRun);
        if (call.Screen.Json)
            call.Screen.Event(sum, JsonShapes.Default.StrmSummary);
        else
            call.Screen.Note($"{(sum.DryRun ? "Would be: " : "")}{sum.Added} added, {sum.Updated} updated, {sum.Removed} removed, {sum.Unchanged} unchanged{(sum.Kept > 0 ? $", {sum.Kept} of others left alone" : "")}.");

        Exception[] failed = [.. sources.Failed, .. result.Changes.Where(c => c.Act == StrmAct.Failed).Select(c => new IOException(c.Reason))];
        return ChangeVerb.Conclude(sources.Files.Count + sources.Failed.Count, failed);

        int Of(StrmAct act) => counts.GetValueOrDefault(act);
    }

    private void Tell(StrmChange change)
    {
        if (call.Screen.Json)
            call.Screen.Event(new StrmEvent(change.Act.ToString().ToLowerInvariant(), change.Path, change.Reason, call.Globals.DryRun), JsonShapes.Default.StrmEvent);
        else if (change.Reason is { } reason)
            call.Screen.Warn($"{Escaping.Visible(change.Path)} is left as it is: {reason}.");
        else if (call.Globals.Verbosity > 0 || call.Globals.DryRun)
            call.Screen.Note($"{(call.Globals.DryRun ? "would be " : "")}{change.Act.ToString().ToLowerInvariant()}: {Escaping.Visible(change.Path)}");
    }
}

internal sealed record StrmEvent(string Type, string Path, string? Reason, bool DryRun);

internal sealed record StrmSummary(string Type, int Added, int Updated, int Removed, int Unchanged, int Kept, int Failed, bool DryRun);

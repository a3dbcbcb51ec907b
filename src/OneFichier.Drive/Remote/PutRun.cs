using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Remote;

/// <summary>One call that puts files: folder by folder, several at a time, then all that is replaced is removed at once.</summary>
internal sealed class PutRun(VolumeContext volume, PutOptions options)
{
    public async Task<IReadOnlyList<ItemResult>> RunAsync(IReadOnlyList<NewFile> files, CancellationToken cancellationToken)
    {
        var results = new ItemResult[files.Count];
        var left = files.Index().ToList();
        while (left.Count > 0)
        {
            var round = left.DistinctBy(f => f.Item.Path).ToList();
            left = [.. left.Except(round)];
            await RoundAsync(round, results, cancellationToken);
        }

        return results;
    }

    /// <summary>Files of different paths; a path that comes twice is put in two rounds, the later over the earlier.</summary>
    private async Task RoundAsync(IReadOnlyList<(int Index, NewFile Item)> round, ItemResult[] results, CancellationToken cancellationToken)
    {
        var groups = round.GroupBy(f => f.Item.Path.IsRoot ? (VolumePath?)null : f.Item.Path.Parent).ToList();
        var sessions = Math.Max(1, volume.Options.Sessions / groups.Count);
        List<FolderPut> puts = [.. groups.Select(g => new FolderPut(volume, options, g.Key, [.. g.Select(f => f.Item)]) { Sessions = sessions })];
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = volume.Options.Sessions };
            await Parallel.ForEachAsync(puts, parallel, async (put, _) => await put.RunAsync(cancellationToken));
            if (await FinishAsync(puts, cancellationToken))
                puts.ForEach(p => p.Close());
        }
        finally
        {
            puts.ForEach(p => p.Log?.Dispose());
        }

        foreach (var (place, result) in groups.Zip(puts).SelectMany(g => g.First.Zip(g.Second.Results)))
            results[place.Index] = result;
    }

    /// <returns>False when the old files are still there: then the journals stay for whoever looks next.</returns>
    private async Task<bool> FinishAsync(IReadOnlyList<FolderPut> puts, CancellationToken cancellationToken)
    {
        try
        {
            await volume.Tree.RemoveFilesAsync([.. puts.SelectMany(p => p.Replaced)], cancellationToken);
            await new TimesRun(volume).DescribeAsync(puts.SelectMany(p => p.Timed), cancellationToken);
            return true;
        }
        catch (Exception e) when (e is FichierException or OperationCanceledException)
        {
            volume.Options.Logger?.LogWarning("What was replaced could not be removed, or a time not be noted, yet: {Reason}", e.Message);
            return false;
        }
    }
}

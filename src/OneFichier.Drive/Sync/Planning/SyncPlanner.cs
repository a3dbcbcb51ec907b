namespace OneFichier.Drive.Sync;

/// <summary>
/// Makes the plan of a copy, sync or move: walks both trees, computes the checksums that decide something, and spares every transfer that can be had as a rename or a copy.
/// Nothing is changed on either side.
/// </summary>
/// <param name="source">What is wanted.</param>
/// <param name="destination">Where it is wanted.</param>
/// <param name="options">How.</param>
public sealed class SyncPlanner(SyncTree source, SyncTree destination, SyncOptions options)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="filesSeen">Told how many files of the source were looked at in all.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OverlapException">The trees, or the backup folder and one of them, lie in each other.</exception>
    /// <exception cref="PathNotFoundException">The source's root is not there.</exception>
    /// <exception cref="FichierException">The root of a tree cannot be listed, or the account is refused or locked.</exception>
    /// <exception cref="IOException">The root of a tree cannot be listed.</exception>
    public async Task<SyncPlan> PlanAsync(IProgress<int>? filesSeen = null, CancellationToken cancellationToken = default)
    {
        Overlap.Refuse(source, destination, options);
        using var cores = new SemaphoreSlim(Environment.ProcessorCount);
        var (left, right) = (new Checksums(source.Volume, cores), new Checksums(destination.Volume, cores));
        var local = new DiskContents(destination, options);
        var plan = await ComparedAsync(left, right, local, filesSeen, cancellationToken);
        plan = await new RenameTracker(options, left, right, destination.Volume.Traits.SetsTimes).ApplyAsync(plan, cancellationToken);
        plan = DeleteLimit.Apply(plan, options.MaxDelete);
        return await new ContentMatcher(source, destination, options, left, right).ApplyAsync(plan, local, cancellationToken);
    }

    private async Task<SyncPlan> ComparedAsync(Checksums left, Checksums right, DiskContents local, IProgress<int>? filesSeen, CancellationToken cancellationToken)
    {
        var comparer = new TreeComparer(source, destination, options.Filter) { DestinationOnly = options.Kind == SyncKind.Sync };
        var judge = new FileJudge(options, source.Volume.Traits, destination.Volume.Traits);
        var planner = new Planner(source, destination, options);
        var seen = 0;
        await foreach (var folder in new ChecksumFiller(options, judge, left, right).FillAsync(comparer.CompareAsync(cancellationToken), cancellationToken))
        {
            local.Add(folder);
            planner.Add(folder);
            filesSeen?.Report(seen += folder.Items.Count(i => !i.IsFolder && i.Source is not null));
        }

        return planner.ToPlan();
    }
}

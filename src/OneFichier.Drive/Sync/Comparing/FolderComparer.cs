namespace OneFichier.Drive.Sync;

/// <summary>Lists a folder on both sides and puts the two together.</summary>
internal sealed class FolderComparer(SyncTree source, SyncTree destination, TreeFilter filter)
{
    public bool DestinationOnly { get; init; }

    public async Task<(ComparedFolder Folder, IReadOnlyList<FolderVisit> Below)> CompareAsync(FolderVisit visit, CancellationToken cancellationToken)
    {
        var wanted = visit.InSource ? SideListing.OfAsync(source, visit.Path, cancellationToken) : Task.FromResult(SideListing.Absent);
        var there = visit.InDestination ? SideListing.OrAbsentAsync(destination, visit.Path, cancellationToken) : Task.FromResult(SideListing.Absent);
        await Task.WhenAll(wanted, there);
        return await CompareAsync(visit, await wanted, await there, cancellationToken);
    }

    private async Task<(ComparedFolder, IReadOnlyList<FolderVisit>)> CompareAsync(FolderVisit visit, SideListing wanted, SideListing there, CancellationToken cancellationToken)
    {
        var folder = new ComparedFolder(visit.Path, [])
        {
            InSource = visit.InSource,
            InDestination = there.Contents is not null || there.Failure is not null,
            MayRemove = visit.MayRemove && wanted.Complete && there.Complete && filter.Includes(there.Contents ?? new FolderContents([])),
            MayReplace = wanted.Contents is not { Stale: true },
            Notes = [.. ListingNotes.Of(source, visit.Path, wanted, isSource: true), .. ListingNotes.Of(destination, visit.Path, there, isSource: false)],
        };
        if (wanted.Failure is not null || there.Failure is not null || there.Contents is { Stale: true })
            return (folder with { Keeps = true, MayRemove = false }, []);
        if (wanted.Contents is { } contents && !filter.Includes(contents))
            return (folder with { Keeps = true, InSource = false }, []);
        var merge = new NameMerge(source, destination, filter, visit.Path);
        foreach (var (left, right) in NameMerge.Pairs(wanted.Entries, there.Entries))
            merge.Add(left, right);
        var (items, notes) = there.Complete ? (merge.Items, []) : await UncertainNames.ResolveAsync(destination, visit.Path, merge.Items, cancellationToken);
        folder = folder with { Items = items, Keeps = merge.Keeps, Notes = [.. folder.Notes, .. notes] };
        return (folder, Below(folder));
    }

    private List<FolderVisit> Below(ComparedFolder folder) =>
    [
        .. folder.Items.Where(i => i is { IsFolder: true, Error: null } && (i.Source is not null || DestinationOnly)).Select(i => new FolderVisit(folder.Path.Combine(i.Name))
        {
            InSource = i.Source is not null,
            InDestination = i.Destination is not null,
            MayRemove = folder.MayRemove,
        }),
    ];
}

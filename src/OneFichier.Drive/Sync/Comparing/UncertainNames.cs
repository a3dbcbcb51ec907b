namespace OneFichier.Drive.Sync;

/// <summary>Names that an incomplete listing of the destination does not show: each is looked for by itself, and left out where the answer is not certain.</summary>
internal static class UncertainNames
{
    public static async Task<(IReadOnlyList<ComparedItem> Items, IReadOnlyList<PlanNote> Notes)> ResolveAsync(
        SyncTree destination, VolumePath folder, IReadOnlyList<ComparedItem> items, CancellationToken cancellationToken)
    {
        var certain = new List<ComparedItem>(items.Count);
        var notes = new List<PlanNote>();
        foreach (var item in items)
        {
            var path = destination.At(folder.Combine(item.Name));
            try
            {
                certain.Add(item.Destination is not null ? item : await LookAsync(destination, path, item, cancellationToken));
            }
            catch (Exception e) when (SideListing.Passes(e))
            {
                notes.Add(new PlanNote(path, $"Whether '{path}' is in the destination cannot be told, so it is not sent: {e.Message}", e));
            }
        }

        return (certain, notes);
    }

    private static async Task<ComparedItem> LookAsync(SyncTree destination, VolumePath path, ComparedItem item, CancellationToken cancellationToken) =>
        await destination.Volume.FindAsync(path, cancellationToken) switch
        {
            null => item,
            { } found when found.IsFolder == item.IsFolder => item with { Destination = found },
            _ => item with { Error = new NameTakenException(path) },
        };
}

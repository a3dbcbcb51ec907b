namespace OneFichier.Drive.Migration;

/// <summary>
/// Carries a migration out on one machine: makes the folders, does the slices, several at a time, and tries again what failed. Killed at any point, the next run does the rest.
/// </summary>
/// <param name="store">Where the manifest is.</param>
/// <param name="head">The migration.</param>
/// <param name="target">The folder it fills.</param>
/// <param name="sources">Its sources, in their order.</param>
/// <param name="options">How to go about it.</param>
public sealed class MigrationRunner(IMigrationStore store, MigrationHead head, MigrationTarget target, IReadOnlyList<IMigrationSource> sources, MigrationOptions options)
{
    private readonly SliceRunner _slices = new(store, head, target, sources, options);

    /// <summary>Does all that is left. What fails for the whole account is thrown.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var begun = options.Time.GetUtcNow();
        await store.ReopenAsync(head.Name, null, cancellationToken);
        for (var round = 1; ; round++)
        {
            var open = await store.SlicesAsync(head.Name, openOnly: true, cancellationToken);
            if (round == 1)
                await MakeFoldersAsync(open, cancellationToken);

            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(open, parallel, async (slice, token) => await _slices.RunAsync(slice.Number, begun, token));
            if (round >= options.Rounds || await store.ReopenAsync(head.Name, null, cancellationToken) == 0)
                return;
        }
    }

    /// <summary>Makes the folders of slices, so that those who do them at once do not make them at once.</summary>
    public async Task MakeFoldersAsync(IEnumerable<MigrationSlice> slices, CancellationToken cancellationToken = default)
    {
        foreach (var folder in slices.Select(s => s.Folder).Distinct())
            await target.Volume.MakeFolderAsync(target.At(folder), cancellationToken);
    }
}

namespace OneFichier.Drive.Sync;

/// <summary>A folder to be compared: what is known of it from the one above.</summary>
internal sealed class FolderVisit(VolumePath path)
{
    public VolumePath Path => path;

    public bool InSource { get; init; } = true;

    public bool InDestination { get; init; } = true;

    public bool MayRemove { get; init; } = true;

    public Task<(ComparedFolder Folder, IReadOnlyList<FolderVisit> Below)>? Comparison { get; private set; }

    public void Begin(FolderComparer comparer, CancellationToken cancellationToken) => Comparison ??= comparer.CompareAsync(this, cancellationToken);

    public async Task SettleAsync()
    {
        if (Comparison is not null)
            await ((Task)Comparison).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

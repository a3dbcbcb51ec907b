namespace OneFichier.Drive.Sync;

/// <summary>A folder of one side, as far as it can be had.</summary>
internal sealed record SideListing
{
    public static SideListing Absent { get; } = new();

    /// <summary><see langword="null"/> when there is no such folder, or when it cannot be listed.</summary>
    public FolderContents? Contents { get; private init; }

    /// <summary>Why nothing is known of it.</summary>
    public Exception? Failure { get; private init; }

    public IReadOnlyList<Entry> Entries => Contents?.Entries ?? [];

    public bool Complete => Failure is null && Contents is not { Complete: false } and not { Stale: true };

    public static async Task<SideListing> OfAsync(SyncTree tree, VolumePath below, CancellationToken cancellationToken)
    {
        try
        {
            return new SideListing { Contents = await tree.Volume.ListAsync(tree.At(below), cancellationToken) };
        }
        catch (Exception e) when (!below.IsRoot && Passes(e))
        {
            return new SideListing { Failure = e };
        }
    }

    /// <summary>A listing of the destination, where a folder that is not there is no failure.</summary>
    public static async Task<SideListing> OrAbsentAsync(SyncTree tree, VolumePath below, CancellationToken cancellationToken)
    {
        try
        {
            return await OfAsync(tree, below, cancellationToken) is { Failure: not PathNotFoundException } listing ? listing : Absent;
        }
        catch (PathNotFoundException)
        {
            return Absent;
        }
    }

    /// <summary>Whether an error is about one folder or file; the others would come again with the next.</summary>
    public static bool Passes(Exception error) => error is IOException or UnauthorizedAccessException or FichierException and not FichierKeyException and not FichierLockedException;
}

namespace OneFichier.Drive.Staging;

/// <summary>The room as it will be when what waits is stored.</summary>
internal sealed class SpoolSpace(IVolumeSpace inner, Func<long> waiting) : IVolumeSpace
{
    public async ValueTask<VolumeSpace?> SpaceAsync(CancellationToken cancellationToken = default)
    {
        var bytes = waiting();
        return await inner.SpaceAsync(cancellationToken) is { } space
            ? new VolumeSpace(space.Used + bytes, space.Available is { } left ? Math.Max(0, left - bytes) : null)
            : null;
    }
}

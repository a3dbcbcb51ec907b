namespace OneFichier.Drive.Staging;

public sealed partial class SpooledVolume
{
    /// <summary>Open files; and of the abilities inside those that hold for what waits as well: copies, times, checksums, limits and room. What waits has no page link, and so no direct one.</summary>
    public override TFeature? Feature<TFeature>() where TFeature : class
    {
        if (typeof(TFeature) == typeof(IFileTimes))
            return Inner.Feature<IFileTimes>() is null ? null : new SpoolTimes(_spool, _view, _files) as TFeature;
        if (typeof(TFeature) == typeof(IServerSideCopy))
            return Inner.Feature<IServerSideCopy>() is { } copier ? new SpoolCopy(_spool, copier, _view, (_names, _store, _files)) as TFeature : null;
        if (typeof(TFeature) == typeof(IVolumeSpace))
            return Inner.Feature<IVolumeSpace>() is { } space ? new SpoolSpace(space, () => State.Bytes) as TFeature : null;
        if (typeof(TFeature) == typeof(IContentHasher))
            return Inner.Feature<IContentHasher>() is { } hasher ? new SpoolHasher(hasher, _view, _files) as TFeature : null;
        if (typeof(TFeature) == typeof(IDirectLinks) || typeof(TFeature) == typeof(IStorageLimits))
            return Inner.Feature<TFeature>();
        if (typeof(TFeature) == typeof(IRemoteFetch))
            return Inner.Feature<IRemoteFetch>() is { } fetch ? new SpoolFetch(fetch, this) as TFeature : null;
        return this as TFeature;
    }
}

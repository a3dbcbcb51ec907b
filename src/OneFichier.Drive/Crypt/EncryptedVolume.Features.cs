namespace OneFichier.Drive.Crypt;

public sealed partial class EncryptedVolume
{
    /// <summary>Copies on the service, of files encrypted with the same keys, changes of modification times, the limits of what can be stored, and the room there is. Whatever speaks of content or its place does not hold behind encryption.</summary>
    public override TFeature? Feature<TFeature>()
        where TFeature : class
    {
        if (typeof(TFeature) == typeof(IServerSideCopy))
            return Inner.Feature<IServerSideCopy>() is { } copier ? new CryptCopy(Inner, copier, _paths, _entries, _errors) as TFeature : null;
        if (typeof(TFeature) == typeof(IFileTimes))
            return Inner.Feature<IFileTimes>() is { } setter ? new CryptTimes(Inner, setter, _paths, _entries, _errors) as TFeature : null;
        if (typeof(TFeature) == typeof(IStorageLimits))
            return Inner.Feature<IStorageLimits>() is { } limits ? new CryptLimits(limits, _paths, _options.EncryptContent) as TFeature : null;
        if (typeof(TFeature) == typeof(IVolumeSpace))
            return Inner.Feature<TFeature>();
        return this as TFeature;
    }
}

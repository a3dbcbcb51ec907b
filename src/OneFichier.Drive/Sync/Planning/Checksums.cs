namespace OneFichier.Drive.Sync;

/// <summary>The checksums of one side's files: those it knows, and those it has to read for, on all cores.</summary>
internal sealed class Checksums(IVolume volume, SemaphoreSlim cores)
{
    private readonly IContentHasher? _hasher = volume.Feature<IContentHasher>();

    /// <summary>Whether a checksum can be had without spending requests.</summary>
    public bool Knows(Entry file) => file.Checksum is not null || _hasher is not null;

    /// <summary>The entry with its checksum, or as it was where that cannot be had.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reads">Whether a file of a volume that costs no requests is read where nobody else computes the checksum.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Entry> FillAsync(Entry file, bool reads, CancellationToken cancellationToken)
    {
        if (file.Checksum is not null || (_hasher is null && (!reads || volume.Traits.Metered)))
            return file;
        await cores.WaitAsync(cancellationToken);
        try
        {
            return file with { Checksum = await (_hasher?.HashAsync(file, null, cancellationToken) ?? ContentHash.OfAsync(volume, file, null, cancellationToken)) };
        }
        finally
        {
            cores.Release();
        }
    }
}

namespace OneFichier.Drive.Staging;

/// <summary>Remote uploads go to folders of the service, which are as they are seen here once all that waits is sent.</summary>
internal sealed class SpoolFetch(IRemoteFetch inner, IWritableFiles files) : IRemoteFetch
{
    public async Task<long> FetchAsync(IReadOnlyList<Uri> addresses, VolumePath folder, CancellationToken cancellationToken = default)
    {
        await files.DrainAsync(cancellationToken);
        return await inner.FetchAsync(addresses, folder, cancellationToken);
    }
}

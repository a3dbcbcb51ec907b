namespace OneFichier.Drive;

/// <summary>Addresses that serve a file's content to whoever has them, for some minutes, past this machine.</summary>
public interface IDirectLinks
{
    /// <summary>Whether what such an address of a file would serve is the content that is seen here; costs nothing.</summary>
    bool CanLink(Entry file);

    /// <summary>An address for a file as it was found. It may be one that was handed out before and can still be started with; all who read the file share it.</summary>
    /// <exception cref="ArgumentException"><see cref="CanLink"/> does not hold.</exception>
    Task<DirectLink> LinkAsync(Entry file, CancellationToken cancellationToken = default);
}

/// <summary>Files that the service itself fetches from elsewhere, with no bytes through this machine.</summary>
public interface IRemoteFetch
{
    /// <summary>Asks the service to fetch addresses into a folder, which is made where it is missing. The files appear when it is done with them, under names it finds.</summary>
    /// <returns>The number under which the service remembers the request.</returns>
    Task<long> FetchAsync(IReadOnlyList<Uri> addresses, VolumePath folder, CancellationToken cancellationToken = default);
}

namespace OneFichier.Drive.Access;

internal sealed class AuditedCopy(IServerSideCopy copier, AuditTrail trail) : IServerSideCopy
{
    public bool CanCopy(Entry entry) => copier.CanCopy(entry);

    public Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default) =>
        trail.EachAsync(copies, c => trail.Of(AccessVerb.Copy, c.Source.Path, c.Target), () => copier.CopyAsync(copies, cancellationToken));
}

internal sealed class AuditedTimes(IFileTimes times, AuditTrail trail) : IFileTimes
{
    public Task<IReadOnlyList<ItemResult>> SetTimesAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> changes, CancellationToken cancellationToken = default) =>
        trail.EachAsync(changes, t => trail.Of(AccessVerb.SetTime, t.File.Path), () => times.SetTimesAsync(changes, cancellationToken));
}

internal sealed class AuditedLinks(IDirectLinks links, AuditTrail trail) : IDirectLinks
{
    public bool CanLink(Entry file) => links.CanLink(file);

    public Task<DirectLink> LinkAsync(Entry file, CancellationToken cancellationToken = default) =>
        trail.OneAsync(AccessVerb.Link, file.Path, () => links.LinkAsync(file, cancellationToken));
}

internal sealed class AuditedFetch(IRemoteFetch fetch, AuditTrail trail) : IRemoteFetch
{
    public Task<long> FetchAsync(IReadOnlyList<Uri> addresses, VolumePath folder, CancellationToken cancellationToken = default) =>
        trail.OneAsync(AccessVerb.Fetch, folder, () => fetch.FetchAsync(addresses, folder, cancellationToken));
}

internal sealed class AuditedContent(IListedContent content, AuditTrail trail) : IListedContent
{
    public Task<Stream> OpenAsync(Entry file, CancellationToken cancellationToken = default) =>
        AuditedStream.OpenAsync(trail, file.Path, () => content.OpenAsync(file, cancellationToken));
}

namespace OneFichier.Drive.Access;

/// <summary>Copies on the service of what lies in the folder, and of nothing else that a caller may have a link of.</summary>
internal sealed class ScopedCopy(IVolume inner, IServerSideCopy copier) : IServerSideCopy
{
    public bool CanCopy(Entry entry) => copier.CanCopy(entry);

    public async Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(copies);
        var judged = new List<((Entry Source, VolumePath Target) Item, VolumePath Path, Exception? Refusal)>();
        foreach (var copy in copies)
        {
            var there = await inner.FindAsync(copy.Source.Path, cancellationToken);
            var isOurs = there is { IsFolder: false } && there.Id == copy.Source.Id && there.Link == copy.Source.Link;
            judged.Add((copy, copy.Target, isOurs ? null : new UnauthorizedAccessException("This token may only copy what it can see.")));
        }

        return await Refusal.SomeAsync(judged, some => copier.CopyAsync(some, cancellationToken));
    }
}

/// <summary>Addresses of what lies in the folder, and of nothing else that a caller may have a link of.</summary>
internal sealed class ScopedLinks(IVolume inner, IDirectLinks links) : IDirectLinks
{
    public bool CanLink(Entry file) => links.CanLink(file);

    public async Task<DirectLink> LinkAsync(Entry file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var there = await inner.FindAsync(file.Path, cancellationToken);
        return there is { IsFolder: false } && there.Id == file.Id && there.Link == file.Link
            ? await links.LinkAsync(file, cancellationToken)
            : throw new UnauthorizedAccessException("This token may only have links of what it can see.");
    }
}

/// <summary>Reads of listed files, counted.</summary>
internal sealed class MeteredContent(IListedContent content, IByteMeter meter) : IListedContent
{
    public Task<Stream> OpenAsync(Entry file, CancellationToken cancellationToken = default) => MeteredStream.OpenAsync(() => content.OpenAsync(file, cancellationToken), meter);
}

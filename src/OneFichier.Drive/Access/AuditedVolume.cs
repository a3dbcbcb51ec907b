namespace OneFichier.Drive.Access;

/// <summary>What is recorded.</summary>
public sealed record AuditOptions
{
    /// <summary>Where the root of the volume lies in what is served; records name whole paths.</summary>
    public VolumePath Root { get; init; }

    /// <summary>Whether listings are recorded too. Default not: they are many and change nothing.</summary>
    public bool Listings { get; init; }
}

/// <summary>
/// A volume whose use is on record. Outermost, so that refusals are too. Changes are recorded when they have ended, item by item; of a read file its opening, and how many bytes of it
/// went when it is closed (<see cref="IAccessLog"/> may put the ranges of one file together). Looking for single files is not recorded.
/// </summary>
public sealed class AuditedVolume(IVolume inner, AccessCaller caller, IAccessLog log, AuditOptions? options = null) : VolumeDecorator(inner)
{
    private readonly AuditTrail _trail = new(caller, log, options ?? new AuditOptions());

    /// <inheritdoc/>
    public override Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) =>
        options is { Listings: true } ? _trail.OneAsync(AccessVerb.List, folder, () => Inner.ListAsync(folder, cancellationToken)) : Inner.ListAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public override Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) =>
        AuditedStream.OpenAsync(_trail, file, () => Inner.OpenAsync(file, range, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        _trail.EachAsync(files, f => _trail.Of(AccessVerb.Put, f.Path) with { Bytes = f.Length }, () => Inner.PutAsync(files, options, cancellationToken));

    /// <inheritdoc/>
    public override Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default) => _trail.OneAsync(AccessVerb.MakeFolder, folder, async () =>
    {
        await Inner.MakeFolderAsync(folder, cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        _trail.EachAsync(moves, m => _trail.Of(AccessVerb.Move, m.From, m.To), () => Inner.MoveAsync(moves, replace, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) =>
        _trail.EachAsync(paths, p => _trail.Of(AccessVerb.Remove, p), () => Inner.RemoveAsync(paths, cancellationToken));

    /// <inheritdoc/>
    /// <remarks>Only abilities whose use can be recorded, or that touch no content, are let through.</remarks>
    public override TFeature? Feature<TFeature>() where TFeature : class => this as TFeature ?? Recorded<TFeature>() as TFeature;

    private object? Recorded<TFeature>() where TFeature : class
    {
        var wanted = typeof(TFeature);
        if (wanted == typeof(IVolumeSpace) || wanted == typeof(IContentHasher) || wanted == typeof(IStorageLimits))
            return Inner.Feature<TFeature>();
        if (wanted == typeof(IServerSideCopy) && Inner.Feature<IServerSideCopy>() is { } copier)
            return new AuditedCopy(copier, _trail);
        if (wanted == typeof(IFileTimes) && Inner.Feature<IFileTimes>() is { } times)
            return new AuditedTimes(times, _trail);
        if (wanted == typeof(IDirectLinks) && Inner.Feature<IDirectLinks>() is { } links)
            return new AuditedLinks(links, _trail);
        if (wanted == typeof(IRemoteFetch) && Inner.Feature<IRemoteFetch>() is { } fetch)
            return new AuditedFetch(fetch, _trail);
        if (wanted == typeof(IListedContent) && Inner.Feature<IListedContent>() is { } content)
            return new AuditedContent(content, _trail);
        return null;
    }
}

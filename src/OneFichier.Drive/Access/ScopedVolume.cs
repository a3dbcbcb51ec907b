namespace OneFichier.Drive.Access;

/// <summary>
/// A volume as a token may use it: its folder is the whole, what its level does not include is an <see cref="UnauthorizedAccessException"/> (of a list, item by item), and the bytes that
/// go through are counted. When and from where it may be used is for the door to ask (<see cref="AccessScope.Refuses"/>).
/// </summary>
/// <remarks>
/// <see cref="AccessLevel.Append"/> puts with <see cref="PutOptions.KeepExisting"/>, so that of two who race for a name the second is refused. Optional abilities are let through by
/// name: what is not listed here is withheld, as are those that would show or fetch content from outside of the folder. Bytes that pass by this machine cannot be counted: who has a byte
/// budget gets neither direct links nor remote uploads. Those need <see cref="AccessLevel.Write"/>, since what the service fetches may take the place of a name that is there.
/// </remarks>
public sealed class ScopedVolume : VolumeDecorator
{
    private const string NoRemoval = "This token may not remove anything.";

    private readonly AccessScope _scope;
    private readonly IByteMeter? _meter;

    /// <summary>Puts the scope on.</summary>
    /// <param name="inner">The volume the scope's path is read in.</param>
    /// <param name="scope">What is allowed.</param>
    /// <param name="meter">Counts the bytes; without one none are counted.</param>
    public ScopedVolume(IVolume inner, AccessScope scope, IByteMeter? meter = null) : base(Within(inner, scope)) => (_scope, _meter) = (scope, meter);

    /// <summary>Files that <see cref="AccessLevel.Append"/> may remove all the same, since a protocol makes and removes them all the time; default none.</summary>
    public Func<VolumePath, bool>? Fleeting { get; init; }

    /// <inheritdoc/>
    public override VolumeTraits Traits => base.Traits with { SetsTimes = base.Traits.SetsTimes && MayChange };

    private bool MayAdd => _scope.Level >= AccessLevel.Append;

    private bool MayChange => _scope.Level >= AccessLevel.Write;

    /// <inheritdoc/>
    public override async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) =>
        _meter is null ? await Inner.OpenAsync(file, range, cancellationToken) : await MeteredStream.OpenAsync(() => Inner.OpenAsync(file, range, cancellationToken), _meter);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (!MayAdd)
            return Refusal.OfAllAsync(files, f => f.Path, "This token may only read.", cancellationToken);
        PutCall put = (some, token) => Inner.PutAsync(some, options, token);
        if (!MayChange)
            put = new AppendingPut(Inner, options).RunAsync;
        return _meter is null ? put(files, cancellationToken) : new MeteredPut(_meter, put).RunAsync(files, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default) =>
        MayAdd ? Inner.MakeFolderAsync(folder, cancellationToken) : throw new UnauthorizedAccessException("This token may only read.");

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        MayChange ? Inner.MoveAsync(moves, replace, cancellationToken) : Refusal.OfAllAsync(moves, m => m.To, "This token may not move anything.", cancellationToken);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) =>
        MayChange ? Inner.RemoveAsync(paths, cancellationToken)
        : MayAdd && Fleeting is { } fleeting ? RemoveFleetingAsync(paths, fleeting, cancellationToken)
        : Refusal.OfAllAsync(paths, p => p, NoRemoval, cancellationToken);

    /// <inheritdoc/>
    public override TFeature? Feature<TFeature>() where TFeature : class => this as TFeature ?? Allowed<TFeature>() as TFeature;

    private Task<IReadOnlyList<ItemResult>> RemoveFleetingAsync(IReadOnlyList<VolumePath> paths, Func<VolumePath, bool> fleeting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Refusal.SomeAsync(
            [.. paths.Select(p => (p, p, (Exception?)(fleeting(p) ? null : new UnauthorizedAccessException(NoRemoval))))], some => Inner.RemoveAsync(some, cancellationToken));
    }

    private object? Allowed<TFeature>() where TFeature : class
    {
        var wanted = typeof(TFeature);
        if (wanted == typeof(IVolumeSpace) || wanted == typeof(IContentHasher) || wanted == typeof(IStorageLimits) || (wanted == typeof(IFileTimes) && MayChange))
            return Inner.Feature<TFeature>();
        if (wanted == typeof(IServerSideCopy) && MayChange && Inner.Feature<IServerSideCopy>() is { } copier)
            return new ScopedCopy(Inner, copier);
        if (wanted == typeof(IDirectLinks) && _scope.Budget is null && Inner.Feature<IDirectLinks>() is { } links)
            return new ScopedLinks(Inner, links);
        if (wanted == typeof(IRemoteFetch) && _scope.Budget is null && MayChange)
            return Inner.Feature<IRemoteFetch>();
        if (wanted == typeof(IListedContent) && Inner.Feature<IListedContent>() is { } content)
            return _meter is null ? content : new MeteredContent(content, _meter);
        return null;
    }

    private static IVolume Within(IVolume inner, AccessScope scope)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(scope);
        return scope.Path.IsRoot ? inner : new SubVolume(inner, scope.Path);
    }
}

namespace OneFichier.Drive;

/// <summary>
/// A folder of a volume as a volume of its own: nothing outside of it can be named, and every path in what comes back is read from the folder.
/// </summary>
/// <remarks>
/// A folder that is not there yet is made by the first put or <see cref="IVolume.MakeFolderAsync"/>. Until then the root is found but listing it is a <see cref="PathNotFoundException"/>: a mistyped folder must
/// not look like an empty one to whoever removes what a source has not.
/// </remarks>
public sealed class SubVolume : VolumeDecorator
{
    private readonly SubPaths _paths;

    /// <summary>Shows a folder of a volume.</summary>
    public SubVolume(IVolume inner, VolumePath folder) : base(inner) => _paths = new SubPaths(folder);

    /// <summary>The folder, in the volume inside.</summary>
    public VolumePath Folder => _paths.Folder;

    /// <inheritdoc/>
    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        var found = await _paths.SayAsync(() => Inner.FindAsync(_paths.Down(path), cancellationToken).AsTask());
        return path.IsRoot && found is not { IsFolder: true } ? new Entry(path, IsFolder: true) : _paths.Up(found);
    }

    /// <inheritdoc/>
    public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        var contents = await _paths.SayAsync(() => Inner.ListAsync(_paths.Down(folder), cancellationToken));
        return contents with { Entries = _paths.Up(contents.Entries), Hidden = _paths.Up(contents.Hidden), Failure = _paths.Up(contents.Failure) };
    }

    /// <inheritdoc/>
    public override Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) =>
        _paths.SayAsync(() => Inner.OpenAsync(_paths.Down(file), range, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        var inner = options is { Progress: { } progress } ? options with { Progress = _paths.Down(progress) } : options;
        return _paths.EachAsync(
            files, f => (f.Path, f.Path.IsRoot ? new NameTakenException(f.Path) : null),
            some => Inner.PutAsync([.. some.Select(f => f with { Path = _paths.Down(f.Path) })], inner, cancellationToken));
    }

    /// <inheritdoc/>
    public override Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default) => _paths.SayAsync(async () =>
    {
        await Inner.MakeFolderAsync(_paths.Down(folder), cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        _paths.EachAsync(
            moves, m => (m.To, m.From.IsRoot || m.To.IsRoot ? MoveRules.TheRoot() : null),
            some => Inner.MoveAsync([.. some.Select(m => new VolumeMove(_paths.Down(m.From), _paths.Down(m.To)))], replace, cancellationToken));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) =>
        _paths.EachAsync(
            paths, p => (p, p.IsRoot ? MoveRules.TheRoot() : null), some => Inner.RemoveAsync([.. some.Select(_paths.Down)], cancellationToken));

    /// <inheritdoc/>
    public override TFeature? Feature<TFeature>() where TFeature : class =>
        this as TFeature ?? (Inner.Feature<TFeature>() is null ? null : new SubVolumeFeatures(Inner, _paths) as TFeature);
}

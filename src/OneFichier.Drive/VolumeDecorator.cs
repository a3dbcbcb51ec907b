namespace OneFichier.Drive;

/// <summary>A volume worn as a coat by another: all calls go inward unless a coat overrides them.</summary>
public abstract class VolumeDecorator(IVolume inner) : IVolume
{
    /// <summary>The volume inside.</summary>
    public IVolume Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual VolumeTraits Traits => Inner.Traits;

    /// <inheritdoc/>
    public virtual ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) => Inner.FindAsync(path, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) => Inner.ListAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) =>
        Inner.OpenAsync(file, range, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.PutAsync(files, options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default) => Inner.MakeFolderAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        Inner.MoveAsync(moves, replace, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) =>
        Inner.RemoveAsync(paths, cancellationToken);

    /// <summary>
    /// An optional ability, found by walking inward. A coat that changes what entries mean MUST override this and let through only what still holds behind it.
    /// </summary>
    /// <returns><see langword="null"/> when nothing here has it.</returns>
    public virtual TFeature? Feature<TFeature>() where TFeature : class => this as TFeature ?? Inner.Feature<TFeature>();
}

/// <summary>Finds optional abilities.</summary>
public static class VolumeFeature
{
    /// <summary>The ability of a volume or of what is inside it; <see langword="null"/> when it has none.</summary>
    public static TFeature? Feature<TFeature>(this IVolume volume) where TFeature : class =>
        volume is VolumeDecorator coat ? coat.Feature<TFeature>() : volume as TFeature;
}

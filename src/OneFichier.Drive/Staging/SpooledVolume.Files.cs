namespace OneFichier.Drive.Staging;

public sealed partial class SpooledVolume : IWritableFiles
{
    /// <inheritdoc/>
    public StagingState State => _sender.State();

    /// <inheritdoc/>
    public async Task<IOpenFile> OpenFileAsync(VolumePath path, OpenFileOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        await ReadyAsync(cancellationToken);
        if (options.Create)
            Inner.RefuseNames(path);
        return await _files.OpenAsync(path, options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>A file that is open for writing is not finished, and is left to wait.</remarks>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        await _sender.DrainAsync(cancellationToken);
    }
}

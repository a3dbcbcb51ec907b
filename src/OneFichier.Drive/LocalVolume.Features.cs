namespace OneFichier.Drive;

public sealed partial class LocalVolume : IContentHasher, IFileTimes, IListedContent, IOnDisk, IVolumeSpace
{
    /// <inheritdoc/>
    public Task<WhirlpoolHash> HashAsync(Entry file, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Task.Run(() => Local.DiskErrors.SayAsync(() => _reader.HashAsync(file, bytesRead, cancellationToken)).AsTask(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> SetTimesAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> times, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(times, t => t.File.Path, t => Alone(() => _mover.SetTime(t.File.Path, t.ModTime)), cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(Entry file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        return Local.DiskErrors.Say(() => _reader.Open(file.Path, default, file));
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">No disk can hold a name of the path.</exception>
    public string DiskPath(VolumePath path) => _tree.Locate(path).Path;

    /// <inheritdoc/>
    public string PartPath(VolumePath file) => Local.TempFile.PartOf(DiskPath(file));

    /// <inheritdoc/>
    public ValueTask<VolumeSpace?> SpaceAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Local.DiskSpace.Of(Root));
    }
}

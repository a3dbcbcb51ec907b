using OneFichier.Drive.Local;

namespace OneFichier.Drive;

/// <summary>
/// A folder of this machine's disk as a volume. How its names, links and unfinished files are treated is written in docs/spec/local-volume.md.
/// </summary>
/// <remarks>
/// A folder that is not there yet is made by the first <see cref="PutAsync"/> or <see cref="MakeFolderAsync"/>; until then listing it fails, so that a disk that is not mounted never looks like an empty one.
/// Every failure of the disk is an <see cref="IOException"/>. Whether case counts is the disk's to say.
/// </remarks>
public sealed partial class LocalVolume : IVolume
{
    private readonly Lock _gate = new();
    private readonly DiskTree _tree;
    private readonly DiskLister _lister;
    private readonly DiskReader _reader;
    private readonly DiskWriter _writer;
    private readonly DiskMover _mover;

    /// <summary>Uses a folder; nothing is looked at yet.</summary>
    /// <param name="root">The folder on the disk; a link to one is followed.</param>
    /// <param name="options">How; default all defaults.</param>
    public LocalVolume(string root, LocalVolumeOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        options ??= new LocalVolumeOptions();
        _tree = new DiskTree(root, options.FollowLinks);
        _lister = new DiskLister(_tree, options.FollowLinks);
        _reader = new DiskReader(_tree, options);
        _writer = new DiskWriter(_tree, _reader, options, _gate);
        _mover = new DiskMover(_tree);
    }

    /// <summary>The folder on the disk.</summary>
    public string Root => _tree.Root;

    /// <summary>Where an entry of the folder itself is in the volume, by its name on the disk.</summary>
    public static VolumePath PathOf(string diskName) => VolumePath.Root.Combine(DiskName.Decode(diskName));

    /// <inheritdoc/>
    public VolumeTraits Traits { get; } = new() { ModTimePrecision = TimeSpan.FromTicks(1), SetsTimes = true };

    /// <inheritdoc/>
    public async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await ValueTask.CompletedTask;
        return path.IsRoot ? new Entry(path, IsFolder: true) : DiskErrors.Say(() => _tree.LocateShown(path)?.Info?.At(path));
    }

    /// <inheritdoc/>
    public Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) =>
        Task.Run(() => DiskErrors.Say(() => _lister.List(folder, cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        return DiskErrors.Say(() => _reader.Open(file, range));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        EachItem.PutAsync(
            files, options?.Progress, f => DiskErrors.SayAsync(() => _writer.PutAsync(f, options ?? new PutOptions(), cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public async Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        DiskErrors.Say(() => _writer.MakeFolder(folder));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(moves, m => m.To, m => Alone(() => _mover.Move(m, replace)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(paths, p => p, p => Alone(() => _mover.Remove(p)), cancellationToken);

    /// <summary>Between looking and acting no other change of this volume comes in.</summary>
    private ValueTask<Entry?> Alone(Func<Entry?> change)
    {
        lock (_gate)
            return ValueTask.FromResult(DiskErrors.Say(change));
    }
}

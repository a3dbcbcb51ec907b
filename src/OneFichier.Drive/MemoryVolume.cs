namespace OneFichier.Drive;

/// <summary>
/// A volume that lives and dies with the process: a real one, with checksums, times to the tick, copies that cost nothing, and a limit of some two gigabytes a file.
/// </summary>
/// <param name="time">The clock that says when a file was stored; default the system's.</param>
public sealed partial class MemoryVolume(TimeProvider? time = null) : IVolume
{
    private static long s_volumes;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly string _number = $"memory-{Interlocked.Increment(ref s_volumes)}";
    private readonly MemoryFolder _root = new("", default);
    private long _nodes;

    /// <inheritdoc/>
    public VolumeTraits Traits { get; } = new() { Checksums = true, ModTimePrecision = TimeSpan.FromTicks(1), SetsTimes = true };

    /// <inheritdoc/>
    public ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult(Find(path));
    }

    /// <inheritdoc/>
    public async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        lock (_gate)
        {
            return NodeAt(folder) is MemoryFolder node
                ? new FolderContents([.. node.Children.Select(c => c.Value.At(folder.Combine(c.Key)))])
                : throw new PathNotFoundException(folder, EntryKind.Folder);
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        lock (_gate)
        {
            var content = NodeAt(file) is MemoryFile node ? node.Content : throw new PathNotFoundException(file, EntryKind.File);
            var length = range.LengthIn(content.Length);
            return new MemoryStream(content, (int)range.Offset, (int)length, writable: false);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        EachItem.PutAsync(files, options?.Progress, f => PutOneAsync(f, options ?? new PutOptions(), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        lock (_gate)
            Make(folder);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(moves, m => m.To, m => ValueTask.FromResult<Entry?>(Move(m, replace)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(paths, p => p, p => ValueTask.FromResult(Remove(p)), cancellationToken);

    private async ValueTask<Entry?> PutOneAsync(NewFile file, PutOptions options, CancellationToken cancellationToken)
    {
        lock (_gate)
            RefuseTaken(file.Path, options.KeepExisting);
        if (file.Length > Array.MaxLength)
            throw new IOException($"'{file.Path}' is too large for memory.");
        using var content = new MemoryStream((int)file.Length);
        var checksum = await ProvenCopy.RunAsync(file, content, hash: true, options.Progress, cancellationToken);
        var now = _time.GetUtcNow();
        var node = new MemoryFile(NewId(), now, content.ToArray(), checksum!.Value) { ModTime = (file.ModTime ?? now).ToUniversalTime() };
        lock (_gate)
        {
            RefuseTaken(file.Path, options.KeepExisting);
            Make(file.Path.Parent).Children[file.Path.Name] = node;
            return node.At(file.Path);
        }
    }

    private Entry Move(VolumeMove move, bool replace)
    {
        lock (_gate)
        {
            MoveRules.Check(move, Find, replace);
            if (move.From != move.To && NodeAt(move.To) is MemoryFolder { Children.Count: > 0 })
                throw new FolderNotEmptyException(move.To);
            ParentOf(move.From).Children.Remove(move.From.Name, out var node);
            ParentOf(move.To).Children[move.To.Name] = node!;
            return node!.At(move.To);
        }
    }

    private Entry? Remove(VolumePath path)
    {
        lock (_gate)
        {
            if (path.IsRoot)
                throw MoveRules.TheRoot();
            if ((NodeAt(path) ?? throw new PathNotFoundException(path, EntryKind.Any)) is MemoryFolder { Children.Count: > 0 })
                throw new FolderNotEmptyException(path);
            ParentOf(path).Children.Remove(path.Name);
            return null;
        }
    }

    private Entry? Find(VolumePath path) => NodeAt(path)?.At(path);

    private MemoryNode? NodeAt(VolumePath path)
    {
        MemoryNode? node = _root;
        foreach (var name in path.Segments)
            node = (node as MemoryFolder)?.Children.GetValueOrDefault(name);
        return node;
    }

    private MemoryFolder ParentOf(VolumePath path) => (MemoryFolder)NodeAt(path.Parent)!;

    private void RefuseTaken(VolumePath path, bool keep)
    {
        if (NodeAt(path) is MemoryFolder || (keep && NodeAt(path) is MemoryFile))
            throw new NameTakenException(path);
        for (var above = path; !above.IsRoot; above = above.Parent)
        {
            if (NodeAt(above.Parent) is MemoryFile)
                throw new NameTakenException(above.Parent);
        }
    }

    private MemoryFolder Make(VolumePath folder)
    {
        if (NodeAt(folder) is not MemoryFolder)
            RefuseTaken(folder, keep: true);
        var node = _root;
        foreach (var name in folder.Segments)
        {
            if (!node.Children.TryGetValue(name, out var child))
                node.Children.Add(name, child = new MemoryFolder(NewId(), _time.GetUtcNow()));
            node = (MemoryFolder)child;
        }

        return node;
    }

    private string NewId() => $"{_number}-{Interlocked.Increment(ref _nodes)}";
}

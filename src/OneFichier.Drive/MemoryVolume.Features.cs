namespace OneFichier.Drive;

public sealed partial class MemoryVolume : IServerSideCopy, IStoredContent, IContentHasher, IFileTimes
{
    private const int AFew = 4;

    /// <summary>Files of this very volume that are still what they were.</summary>
    public bool CanCopy(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
            return Held(entry) is not null;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(copies, c => c.Target, c => ValueTask.FromResult<Entry?>(Copy(c.Source, c.Target)), cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<Entry> OfSize(long size)
    {
        lock (_gate)
            return [.. Files(_root, VolumePath.Root).Where(f => f.Size == size).Take(AFew)];
    }

    /// <inheritdoc/>
    public IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes)
    {
        lock (_gate)
            return Files(_root, VolumePath.Root).Select(f => f.Size).Intersect(sizes).ToHashSet();
    }

    /// <inheritdoc/>
    public async Task<WhirlpoolHash> HashAsync(Entry file, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var found = await FindAsync(file.Path, cancellationToken);
        return found?.Checksum ?? throw new PathNotFoundException(file.Path, EntryKind.File);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> SetTimesAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> times, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(times, t => t.File.Path, t => ValueTask.FromResult<Entry?>(SetTime(t.File.Path, t.ModTime)), cancellationToken);

    private static IEnumerable<Entry> Files(MemoryFolder folder, VolumePath path) => folder.Children.SelectMany(
        c => c.Value is MemoryFolder inner ? Files(inner, path.Combine(c.Key)) : [c.Value.At(path.Combine(c.Key))]);

    /// <summary>The path of an entry may be unknown; its number tells which it is.</summary>
    private MemoryFile? Held(Entry entry) => NodeAt(entry.Path) is MemoryFile file && file.Id == entry.Id
        ? file
        : Files(_root, VolumePath.Root).FirstOrDefault(f => f.Id == entry.Id) is { } elsewhere ? NodeAt(elsewhere.Path) as MemoryFile : null;

    private Entry Copy(Entry source, VolumePath target)
    {
        lock (_gate)
        {
            var file = Held(source) ?? throw new PathNotFoundException(source.Path, EntryKind.File);
            RefuseTaken(target, keep: false);
            var copy = file.Copy(NewId(), _time.GetUtcNow());
            Make(target.Parent).Children[target.Name] = copy;
            return copy.At(target);
        }
    }

    private Entry SetTime(VolumePath path, DateTimeOffset modTime)
    {
        lock (_gate)
        {
            var file = NodeAt(path) as MemoryFile ?? throw new PathNotFoundException(path, EntryKind.File);
            var changed = file.WithTime(modTime.ToUniversalTime());
            ParentOf(path).Children[path.Name] = changed;
            return changed.At(path);
        }
    }
}

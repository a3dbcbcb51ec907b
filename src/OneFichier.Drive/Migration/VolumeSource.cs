using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Migration;

/// <summary>A folder of a volume and all below it: a disk, an account, what a share or a page link leads to.</summary>
/// <param name="name">As the user wrote it.</param>
/// <param name="volume">The volume.</param>
/// <param name="start">The folder.</param>
public sealed class VolumeSource(string name, IVolume volume, VolumePath start = default) : IMigrationSource
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool Foreign { get; init; }

    /// <summary>Which files are taken, by their path below the source; default all.</summary>
    public Func<Entry, bool> Includes { get; init; } = _ => true;

    /// <summary>Which folders are entered, by their path below the source; default all.</summary>
    public Func<VolumePath, bool> Enters { get; init; } = _ => true;

    /// <summary>Which folders take part, judged by what is in them; default all.</summary>
    public Func<FolderContents, bool> Takes { get; init; } = _ => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFile> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var left = new HashSet<VolumePath>();
        await foreach (var (folder, contents) in volume.WalkAsync(start, f => !left.Contains(f.Parent) && Enters(Below(f)), cancellationToken))
        {
            if (!Takes(contents))
            {
                left.Add(folder);
                continue;
            }

            if (Doubt(folder, contents) is { } doubt)
                yield return doubt;

            foreach (var file in contents.Entries.Where(e => !e.IsFolder))
            {
                var below = Below(file.Path);
                if (Includes(file with { Path = below }))
                    yield return new SourceFile(PathText.Write(below), below) { Size = file.Size, Checksum = file.Checksum, ModTime = file.ModTime, Link = file.Link };
            }
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(MigrationItem item, CancellationToken cancellationToken = default)
    {
        var file = await FindAsync(item, cancellationToken);
        return volume.Feature<IListedContent>() is { } listed ? await listed.OpenAsync(file, cancellationToken) : await volume.OpenAsync(file.Path, default, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<WhirlpoolHash?> HashAsync(MigrationItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Checksum ?? (volume.Feature<IContentHasher>() is { } hasher ? await hasher.HashAsync(await FindAsync(item, cancellationToken), null, cancellationToken) : null);
    }

    /// <inheritdoc/>
    public Task<Uri?> AddressAsync(MigrationItem item, CancellationToken cancellationToken = default) => Task.FromResult<Uri?>(null);

    /// <summary>The file as it is now; one that is not as it was planned is not sent under the old plan.</summary>
    private async Task<Entry> FindAsync(MigrationItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var path = start.Combine(PathText.Read(item.Origin));
        var file = await volume.FindAsync(path, cancellationToken) is { IsFolder: false } found ? found : throw new PathNotFoundException(path, EntryKind.File);
        return file.Size == item.Size ? file : throw new FichierSourceException(item.Origin, $"has {file.Size} bytes now and had {item.Size} when it was planned");
    }

    /// <summary>A folder of which not everything is known is told of: otherwise the migration would end as if all had come.</summary>
    private SourceFile? Doubt(VolumePath folder, FolderContents contents)
    {
        var why = contents.Failure?.Message ?? (contents.Complete ? null : "It holds more than could be listed.");
        return why is null ? null : new SourceFile(PathText.Write(Below(folder)) + "/", Below(folder).Combine("…")) { Problem = $"The folder could not be listed as it is now: {why}" };
    }

    private VolumePath Below(VolumePath path) =>
        start.IsRoot ? path : path == start ? VolumePath.Root : VolumePath.Parse(path.ToString()[(start.ToString().Length + 1)..]);
}

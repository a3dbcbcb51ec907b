namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>A volume that counts what is asked of it and says of itself, of its folders and of its entries what a test wants.</summary>
internal sealed class ScriptedVolume(IVolume inner) : VolumeDecorator(inner), IContentHasher, IOnDisk
{
    private int _hashed;
    private int _found;

    public VolumeTraits Facts { get; init; } = inner.Traits;

    public List<string> Listed { get; } = [];

    public int Hashed => _hashed;

    public int Found => _found;

    public Dictionary<string, Func<FolderContents, FolderContents>> Folders { get; } = [];

    public Func<Entry, Entry> Shows { get; init; } = e => e;

    public Func<Entry, Exception?> HashFails { get; init; } = _ => null;

    /// <summary>The optional abilities it lets through.</summary>
    public Type[] Abilities { get; init; } = [typeof(IContentHasher)];

    public override VolumeTraits Traits => Facts;

    public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        lock (Listed)
            Listed.Add(folder.ToString());
        var contents = await base.ListAsync(folder, cancellationToken);
        contents = contents with { Entries = [.. contents.Entries.Select(Shows)] };
        return Folders.TryGetValue(folder.ToString(), out var script) ? script(contents) : contents;
    }

    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _found);
        return await base.FindAsync(path, cancellationToken);
    }

    public override TFeature? Feature<TFeature>() where TFeature : class => Abilities.Contains(typeof(TFeature)) ? base.Feature<TFeature>() : null;

    public async Task<WhirlpoolHash> HashAsync(Entry file, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _hashed);
        if (HashFails(file) is { } failure)
            throw failure;
        return await Inner.Feature<IContentHasher>()!.HashAsync(file, bytesRead, cancellationToken);
    }

    public string DiskPath(VolumePath path) => "/memory/" + path;

    public string PartPath(VolumePath file) => DiskPath(file) + ".part";
}
